"""Tables of the lake in a DuckDB file."""

import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.names import literal, quoted
from warehouse.spark.lake import Lake, TableFolder
from warehouse.spark.reading import keys_of, selection, shape_of
from warehouse.spark.words import Said

if TYPE_CHECKING:
    import duckdb

PUBLISHED = ("marts", "audit")


@contextmanager
def copied(lake: Lake, through: Path, said: Mapping[str, Said]) -> Iterator["duckdb.DuckDBPyConnection"]:
    """Marts and audit in a file that is gone at the end of the block; `said` is of the marts, by name."""
    import duckdb

    through.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=through, prefix="passing-") as folder,
        duckdb.connect(str(Path(folder) / "working.duckdb")) as copy,
    ):
        _fill(copy, lake, PUBLISHED)
        for table, told in said.items():
            _describe(copy, f"marts.{quoted(table)}", told)
        yield copy


def copy_to(lake: Lake, file: Path) -> None:
    """Every table in a new file."""
    import duckdb

    with duckdb.connect(str(file)) as copy:
        _fill(copy, lake, None)


def _fill(copy: "duckdb.DuckDBPyConnection", lake: Lake, schemas: Collection[str] | None) -> None:
    copy.execute("set timezone = 'UTC'")
    for schema in schemas or ():
        copy.execute(f"create schema if not exists {quoted(schema)}")
    for table in lake.tables():
        if schemas is None or table.schema in schemas:
            copy.execute(f"create schema if not exists {quoted(table.schema)}")
            _take(copy, table, keys_of(lake, table.schema).get(table.name, ()))


def _take(copy: "duckdb.DuckDBPyConnection", table: TableFolder, key: tuple[str, ...]) -> None:
    place = f"{quoted(table.schema)}.{quoted(table.name)}"
    rows, shape = selection(copy, table, key), shape_of(table)
    if shape is None:
        copy.execute(f"create table {place} as {rows}")
        return
    for statement in shape:
        copy.execute(statement)
    copy.execute(f"insert into {place} by name {rows}")


def _describe(copy: "duckdb.DuckDBPyConnection", place: str, said: Said) -> None:
    for column, comment in said.items():
        what = f"column {place}.{quoted(column)}" if column else f"table {place}"
        copy.execute(f"comment on {what} is {literal(comment)}")
