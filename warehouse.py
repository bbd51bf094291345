"""The warehouse: the only place that reads profiles.yml and knows which engine we are on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from errors import UsageProblem
from project import Project

if TYPE_CHECKING:
    import duckdb

DEFAULT_PROFILES = Path(__file__).parent / "profiles.yml"
ENGINES = ("duckdb",)


@dataclass(frozen=True)
class Warehouse:
    """One output of the profile `smarketing`. `path` is absolute: the working file, ours alone."""

    target: str
    engine: str
    path: Path
    options: dict[str, Any]

    @contextmanager
    def connect(self) -> Iterator["duckdb.DuckDBPyConnection"]:
        """A connection to the working file, its session in UTC; closed at the end of the block."""
        import duckdb

        connection = duckdb.connect(str(self.path))
        try:
            connection.execute("set timezone = 'UTC'")
            yield connection
        finally:
            connection.close()

    def dlt_destination(self) -> Any:
        """What dlt loads into."""
        import dlt

        return dlt.destinations.duckdb(str(self.path))

    def dbt_profile(self) -> dict[str, Any]:
        """The profile as dbt reads it, with absolute paths: transform writes it where dbt looks."""
        output = self.options | {"path": str(self.path), "settings": {"TimeZone": "UTC"}}
        return {"smarketing": {"target": self.target, "outputs": {self.target: output}}}


def open_warehouse(project: Project) -> Warehouse:
    """Find the output that `project` asks for.

    Raises:
        UsageProblem: profiles.yml is broken, or has no such target, or an engine we do not run on.
    """
    file = project.profiles_file if project.profiles_file.is_file() else DEFAULT_PROFILES
    outputs, default = _read_outputs(file)
    target = project.target or default
    if target not in outputs:
        known = ", ".join(sorted(outputs))
        raise UsageProblem(f"There is no target '{target}' in {file.name}. It has: {known}.")
    options = outputs[target]
    engine = str(options.get("type"))
    if engine not in ENGINES:
        raise UsageProblem(
            f"Target '{target}' in {file.name} is of type '{engine}'; this version runs on DuckDB."
        )
    path = project.root / str(options.get("path", "warehouse.duckdb"))
    return Warehouse(target, engine, path.resolve(), options)


def _read_outputs(file: Path) -> tuple[dict[str, dict[str, Any]], str]:
    try:
        profile = yaml.safe_load(file.read_text(encoding="utf-8"))["smarketing"]
        return dict(profile["outputs"]), str(profile.get("target", "duckdb"))
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise UsageProblem(
            f"{file} is not a dbt profile called 'smarketing' with its outputs: {error}. "
            "Compare it with the one that `smarketing init` writes."
        ) from None
