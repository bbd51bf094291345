"""What readers of the server see: each publication is kept in schemas of its own, and one of them is shown.

Shown are tables that stay: all of them take the publication's rows in one transaction, by deleting and
inserting, so that a statement or a repeatable read sees one publication whole, and nobody waits. Renaming
schemas would not do: readers then met a mix.
"""

from collections.abc import Collection
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.names import literal, quoted
from warehouse.postgres import reshaping
from warehouse.postgres.address import Address
from warehouse.postgres.indexes import index
from warehouse.postgres.patience import LOCK_TIMEOUT, patiently
from warehouse.postgres.session import Session, connected, open_raw
from warehouse.postgres.shapes import (
    duckdb_tables,
    postgres_columns,
    postgres_comment,
    postgres_tables,
)
from warehouse.postgres.transfer import to_postgres, transfer_folder

if TYPE_CHECKING:
    from psycopg2.extensions import connection as RawConnection  # noqa: N812 -- a class, whatever its name

SHOWN = ("marts", "audit")
PUBLISHING = 7_610_115  # of the lock that two publishers share, whatever machines they run on


def show(address: Address, publication_id: str, database: Path, through: Path) -> None:
    """Keep the publication whose tables are in the DuckDB file `database`, and show it.

    One that is kept already is only shown. Whatever instant this dies at, readers see one publication
    whole.
    """
    with (
        closing(open_raw(address, address.published)) as raw,
        connected(address, address.published) as session,
    ):
        keeping = Session(raw)
        keeping.execute("select pg_advisory_lock(?)", [PUBLISHING])
        if publication_id not in _kept(keeping):
            _keep(keeping, publication_id, database, through)
        raw.commit()
        places = [(schema, _kept_schema(schema, publication_id)) for schema in SHOWN]
        reshaping.widen(session, places)
        _put_in_place(raw, publication_id, places)
        reshaping.narrow(session, places)
        for schema in SHOWN:
            for table in postgres_tables(session, schema):
                session.execute(f"vacuum analyze {schema}.{quoted(table)}")


def keep_only(address: Address, publication_ids: Collection[str]) -> None:
    """Drop the schemas of all other publications."""
    with connected(address, address.published) as session:
        for publication_id in _kept(session):
            if publication_id not in publication_ids:
                kept = ", ".join(quoted(_kept_schema(schema, publication_id)) for schema in SHOWN)
                session.execute(f"drop schema if exists {kept} cascade")


def _kept_schema(schema: str, publication_id: str) -> str:
    return f"{schema} {publication_id}"


def _kept(session: Session) -> list[str]:
    rows = session.execute(
        "select substr(nspname, 7) from pg_namespace where nspname like 'marts %' order by 1"
    ).fetchall()
    return [name for (name,) in rows]


def _keep(session: Session, publication_id: str, database: Path, through: Path) -> None:
    import duckdb

    with duckdb.connect(str(database), read_only=True) as publication, transfer_folder(through) as folder:
        publication.execute("set timezone = 'UTC'")
        for schema in SHOWN:
            kept = _kept_schema(schema, publication_id)
            session.execute(f"create schema {quoted(kept)}")
            for table in duckdb_tables(publication, [schema]):
                to_postgres(publication, session, table, kept, folder)


def _put_in_place(raw: "RawConnection", publication_id: str, places: list[tuple[str, str]]) -> None:
    """In one transaction that no reader notices; anew if a column's type had to change under busy ones."""

    def put() -> None:
        session = Session(raw)
        try:
            session.execute(f"set local lock_timeout = '{LOCK_TIMEOUT}'")
            for shown, kept in places:
                _put_schema(session, shown, kept)
            session.execute(f"comment on schema marts is {literal(f'publication {publication_id}')}")
            raw.commit()
        except BaseException:
            raw.rollback()
            raise

    patiently(put)


def _put_schema(session: Session, shown: str, kept: str) -> None:
    new, old = postgres_tables(session, kept), postgres_tables(session, shown)
    for table in old:
        session.execute(f"delete from {quoted(shown)}.{quoted(table)}")
    for table in new:
        source, target = (f"{quoted(schema)}.{quoted(table)}" for schema in (kept, shown))
        columns = postgres_columns(session, kept, table)
        if table in old:
            reshaping.retype(session, target, columns, postgres_columns(session, shown, table))
        else:
            session.execute(f"create table {target} (like {source} including comments)")
            said = postgres_comment(session, kept, table)
            if said:
                session.execute(f"comment on table {target} is {literal(said)}")
            index(session, shown, table, columns)
        named = ", ".join(quoted(column.name) for column in columns)
        session.execute(f"insert into {target} ({named}) select {named} from {source}")
