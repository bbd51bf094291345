"""Moving up: everything that a DuckDB working file holds and no build makes anew, onto an empty path."""

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from errors import UsageProblem
from warehouse.engine import Adopted
from warehouse.names import quoted
from warehouse.spark.catalog import shape
from warehouse.spark.lake import Lake
from warehouse.spark.reading import written
from warehouse.spark.registering import KEPT

if TYPE_CHECKING:
    import duckdb

TAKEN = """
select schema_name, table_name from duckdb_tables()
where database_name = current_database() and not temporary and (
    schema_name = 'audit' or (schema_name = 'intermediate' and list_contains(?, table_name))
    or (starts_with(schema_name, 'raw_') and schema_name <> 'raw_agreement'
        and not ends_with(schema_name, '_staging') and not starts_with(table_name, '_dlt')))
order by all
"""
NOTES = {
    "_dlt_pipeline_state": ("{pipeline_name}__{_dlt_load_id}__{version_hash}", "created_at"),
    "_dlt_version": ("{schema_name}__{version}__{version_hash}", "inserted_at"),
}
"""What dlt notes down for itself: how its files are called, and which column tells the newest."""


def adopt(lake: Lake, file: Path) -> Adopted:
    """Copy it all, and give it its place at the end: a copy that is cut off leaves nothing behind.

    Raises:
        UsageProblem: the path holds tables already.
    """
    import duckdb

    there = next(lake.tables(), None)
    if there:
        raise UsageProblem(
            f"The path {lake.root.parent} holds tables already, such as {there.schema}.{there.name}. "
            "Moving up needs an empty one: name another as `path`, or remove it."
        )
    draft = Lake(lake.root.with_name(".adopting"))
    shutil.rmtree(draft.root, ignore_errors=True)
    with duckdb.connect(str(file), read_only=True) as source:
        source.execute("set timezone = 'UTC'")
        tables = source.execute(TAKEN, [list(KEPT)]).fetchall()
        rows = sum(_take(source, draft, schema, table) for schema, table in tables)
        for schema in {schema for schema, _ in tables if schema.startswith("raw_")}:
            _notes(source, draft.root / schema, schema)
    shutil.rmtree(lake.root, ignore_errors=True)
    draft.root.replace(lake.root)
    return Adopted(len(tables), rows)


def _take(source: "duckdb.DuckDBPyConnection", draft: Lake, schema: str, name: str) -> int:
    place, table = f"{quoted(schema)}.{quoted(name)}", draft.table(schema, name)
    if schema == "intermediate":  # the cluster's own from now on, called as it calls its files
        table.path.mkdir(parents=True)
        written(source, place, table.path / "part-00000-adopted.parquet")
    else:
        said = shape(source, (schema, name)) if schema == "audit" else []
        table.put(lambda file: written(source, place, file, said))
    found = source.execute(f"select count(*) from {place}").fetchone()
    return int(found[0]) if found else 0


def _notes(source: "duckdb.DuckDBPyConnection", folder: Path, schema: str) -> None:
    """The newest of dlt's states and schemas: its cursors are there. `init` says that it knows the folder."""
    (folder / "init").touch()
    for table, (called, newest) in NOTES.items():
        answer = source.execute(
            f"from {quoted(schema)}.{quoted(table)} order by version desc, {newest} desc limit 1"
        )
        names = [column[0] for column in answer.description or ()]
        for row in answer.fetchall():
            _note(folder / table, called, dict(zip(names, row, strict=True)))


def _note(folder: Path, called: str, said: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    safe = {name: str(value).replace("/", "_").replace("+", "-") for name, value in said.items()}
    said.pop("_dlt_id", None)
    (folder / f"{called.format(**safe)}.jsonl").write_text(json.dumps(said, default=str), encoding="utf-8")
