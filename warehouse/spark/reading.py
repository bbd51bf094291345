"""A table's files as DuckDB reads them: of rows with the same key the latest, and instants without a zone."""

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.names import literal, quoted
from warehouse.spark.lake import Lake, TableFolder

if TYPE_CHECKING:
    import duckdb

SHAPE = "smarketing"  # the entry of a file's metadata that says how its table was created
FILE = "smarketing_file"
Keys = Mapping[str, tuple[str, ...]]


def selection(connection: "duckdb.DuckDBPyConnection", table: TableFolder, key: tuple[str, ...]) -> str:
    """The query of the table's rows; `key`: what tells rows of several files apart."""
    files = table.files
    source = f"read_parquet({_listed(files)}, union_by_name = true"
    kinds = connection.execute(f"describe from {source})").fetchall()
    columns = ", ".join(_read_as(name, kind) for name, kind, *_ in kinds)
    if len(files) == 1 or not key or not table.is_ours:
        return f"select {columns} from {source})"
    by = ", ".join(map(quoted, key))
    return (
        f"select {columns} from {source}, filename = {literal(FILE)})"
        f" qualify row_number() over (partition by {by} order by {FILE} desc) = 1"
    )


def shape_of(table: TableFolder) -> list[str] | None:
    """The statements that create and describe it, where its only file says so."""
    import pyarrow.parquet as pq

    files = table.files
    if len(files) != 1:
        return None
    said = (pq.read_metadata(files[0]).metadata or {}).get(SHAPE.encode())
    shape: list[str] | None = json.loads(said) if said else None
    return shape


def written(connection: Any, place: str, file: Path, shape: Collection[str] = ()) -> None:
    """Write the rows of `place` to a new file, which nobody but its owner may read."""
    said = f", kv_metadata {{{SHAPE}: {literal(json.dumps(list(shape)))}}}" if shape else ""
    file.touch(mode=0o600)
    connection.execute(
        f"copy (from {place}) to {literal(str(file))} (format parquet, compression zstd{said})"
    )


def keys_of(lake: Lake, schema: str) -> Keys:
    """The primary keys of the tables that dlt loads into a schema, as it says itself."""
    told = sorted((lake.root / schema / "_dlt_version").glob("*.jsonl"), key=_version)
    if not told:
        return {}
    tables: dict[str, Any] = json.loads(json.loads(told[-1].read_text(encoding="utf-8"))["schema"])["tables"]
    return {
        name: tuple(column for column, said in table.get("columns", {}).items() if said.get("primary_key"))
        for name, table in tables.items()
    }


def _version(file: Path) -> tuple[int, str]:
    said = json.loads(file.read_text(encoding="utf-8"))
    return int(said["version"]), str(said["inserted_at"])


def _read_as(name: str, kind: str) -> str:
    column = quoted(name)
    return f"cast({column} as timestamp) as {column}" if kind == "TIMESTAMP WITH TIME ZONE" else column


def _listed(files: Collection[Path]) -> str:
    return f"[{', '.join(literal(str(file)) for file in files)}]"
