"""Whose public holidays are known: read from the source of `holidays`, since importing it takes longer than
refusing a whole file may take."""

import ast
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any


@cache
def countries() -> dict[str, tuple[str, str]]:
    """By two-letter code: the country's module and class."""
    listed = next(value for name, value in _assigned(_parsed("registry.py").body) if name == "COUNTRIES")
    found: dict[str, tuple[str, ...]] = ast.literal_eval(listed)
    return {
        code: (module, names[0]) for module, names in found.items() for code in names[1:] if len(code) == 2
    }


@cache
def regions(country: str) -> tuple[str, ...]:
    """The codes of a country's regions; none if its holidays are the same everywhere."""
    module, name = countries()[country]
    for node in _parsed(f"countries/{module}.py").body:
        if isinstance(node, ast.ClassDef) and node.name == name:
            for target, value in _assigned(node.body):
                if target == "subdivisions" and isinstance(value, ast.Tuple):
                    found: tuple[str, ...] = ast.literal_eval(value)
                    return found
    return _as_imported(name)


def _as_imported(name: str) -> tuple[str, ...]:
    """For the few that inherit them, or work them out."""
    import holidays

    return tuple(getattr(holidays, name).subdivisions)


def _parsed(path: str) -> ast.Module:
    spec = find_spec("holidays")
    assert spec and spec.submodule_search_locations  # noqa: S101 -- it is a dependency, and a package
    return ast.parse((Path(spec.submodule_search_locations[0]) / path).read_text(encoding="utf-8"))


def _assigned(body: list[ast.stmt]) -> Iterator[tuple[str, Any]]:
    """Names and what they are set to, with or without a type."""
    for node in body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, node.value
