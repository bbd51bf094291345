"""What sqlfluff shows in place of dbt's adapter."""

from collections.abc import Callable

TYPES = {"type_double": "float8", "type_minutes": "double"}


def dispatch(name: str, package: str) -> Callable[..., str]:
    """A macro of the engine in use: a type, or a function of the same name."""
    return lambda *arguments: TYPES.get(name) or f"{name}({', '.join(map(str, arguments))})"


def quote(name: str) -> str:
    """A column's name in quotes."""
    return f'"{name}"'
