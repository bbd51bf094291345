"""Moving up: everything that a DuckDB working file holds, into an empty working database."""

from contextlib import closing
from pathlib import Path

from errors import UsageProblem
from warehouse.engine import Adopted
from warehouse.names import quoted
from warehouse.postgres.address import Address
from warehouse.postgres.session import Session, open_raw
from warehouse.postgres.shapes import duckdb_tables
from warehouse.postgres.transfer import to_postgres, transfer_folder


def adopt(address: Address, file: Path, through: Path) -> Adopted:
    """Copy every table of `file` in one transaction: a copy that is cut off leaves nothing behind.

    Raises:
        UsageProblem: the working database holds tables already.
    """
    import duckdb

    with (
        duckdb.connect(str(file), read_only=True) as source,
        closing(open_raw(address, address.working)) as raw,
        transfer_folder(through) as folder,
    ):
        source.execute("set timezone = 'UTC'")
        session = Session(raw)
        _assert_empty(session, address)
        tables = duckdb_tables(source)
        for schema in dict.fromkeys(schema for schema, _ in tables):
            session.execute(f"create schema if not exists {quoted(schema)}")
        for table in tables:
            to_postgres(source, session, table, table[0], folder)
        rows = sum(_rows(session, *table) for table in tables)
        raw.commit()
    return Adopted(len(tables), rows)


def _assert_empty(session: Session, address: Address) -> None:
    there = session.execute(
        "select table_schema || '.' || table_name from information_schema.tables where table_schema not in"
        " ('pg_catalog', 'information_schema', 'public') order by 1 limit 1"
    ).fetchone()
    if there:
        raise UsageProblem(
            f"The database '{address.working}' on {address.place} holds tables already, such as {there[0]}. "
            "Moving up needs an empty one: name another as `working_dbname`, or drop it."
        )


def _rows(session: Session, schema: str, table: str) -> int:
    found = session.execute(f"select count(*) from {quoted(schema)}.{quoted(table)}").fetchone()
    return int(found[0])
