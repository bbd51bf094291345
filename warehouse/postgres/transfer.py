"""Tables between DuckDB and the server, as CSV files: exact decimals, instants, and "" apart from null."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.names import literal, quoted
from warehouse.postgres.session import Session
from warehouse.postgres.shapes import (
    Column,
    duckdb_columns,
    duckdb_comment,
    postgres_columns,
    postgres_comment,
    postgres_tables,
)

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NULL = r"\N"


@contextmanager
def transfer_folder(folder: Path) -> Iterator[Path]:
    """An empty folder that nobody else may look into; gone at the end of the block."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="passing-") as made:
        yield Path(made)


def to_duckdb(
    session: Session, connection: "DuckDBPyConnection", schema: str, through: Path, *, views: bool = True
) -> None:
    """Copy every table and view of a schema into the DuckDB session, with comments and NOT NULLs."""
    connection.execute(f"create schema if not exists {quoted(schema)}")
    for table in postgres_tables(session, schema, views=views):
        columns = postgres_columns(session, schema, table)
        place = f"{quoted(schema)}.{quoted(table)}"
        _create(connection, place, [(c, c.kind) for c in columns])
        _describe(connection, place, columns, postgres_comment(session, schema, table))
        _take(session, connection, place, columns, through / "table.csv")


def to_postgres(
    connection: "DuckDBPyConnection", session: Any, table: tuple[str, str], into: str, through: Path
) -> list[Column]:
    """Copy one table (schema, name) of the DuckDB session into a new one, `into`. Returns its columns."""
    schema, name = table
    columns = duckdb_columns(connection, schema, name)
    place = f"{quoted(into)}.{quoted(name)}"
    _create(session, place, [(c, c.in_postgres) for c in columns])
    _describe(session, place, columns, duckdb_comment(connection, schema, name))
    file = through / "table.csv"
    export(connection, f"{quoted(schema)}.{quoted(name)}", file)
    load(session, place, file)
    return columns


def export(connection: "DuckDBPyConnection", source: str, file: Path) -> None:
    """Write a relation of the DuckDB session to a file that `load` reads."""
    connection.execute(
        f"copy (from {source}) to {literal(str(file))}"
        f" (format csv, header false, nullstr '{NULL}', force_quote *)"
    )


def load(session: Any, place: str, file: Path) -> None:
    """Append the rows of a file to a table of the server."""
    with file.open("rb") as rows, session.raw.cursor() as cursor:
        cursor.copy_expert(f"copy {place} from stdin with (format csv, null '{NULL}')", rows)
    file.unlink()


def _take(
    session: Session, connection: "DuckDBPyConnection", place: str, columns: list[Column], file: Path
) -> None:
    named = ", ".join(quoted(column.name) for column in columns)
    with file.open("wb") as rows, session.raw.cursor() as cursor:
        cursor.copy_expert(
            f"copy (select {named} from {place}) to stdout with (format csv, null '{NULL}', force_quote *)",
            rows,
        )
    kinds = ", ".join(f"{literal(column.name)}: {literal(column.kind)}" for column in columns)
    connection.execute(
        f"insert into {place} from read_csv({literal(str(file))}, columns = {{{kinds}}}, header = false,"
        f" auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '{NULL}',"
        " allow_quoted_nulls = false, parallel = false, max_line_size = 67108864)"
    )
    file.unlink()


def _create(connection: Any, place: str, columns: list[tuple[Column, str]]) -> None:
    shape = ", ".join(
        f"{quoted(column.name)} {kind}{'' if column.may_be_null else ' not null'}" for column, kind in columns
    )
    connection.execute(f"create table {place} ({shape})")


def _describe(connection: Any, place: str, columns: list[Column], said: str | None) -> None:
    if said:
        connection.execute(f"comment on table {place} is {literal(said)}")
    for column in columns:
        if column.comment:
            connection.execute(
                f"comment on column {place}.{quoted(column.name)} is {literal(column.comment)}"
            )
