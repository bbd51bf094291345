"""Shown tables whose columns change: what comes is added before, what goes is dropped after the move.

Each change locks one table for a moment. All of them within the one transaction would lock many tables at
once, and wait for ever for readers who hold one of them and want another.
"""

from functools import partial

from warehouse.names import literal, quoted
from warehouse.postgres.patience import LOCK_TIMEOUT, if_possible, patiently
from warehouse.postgres.session import Session
from warehouse.postgres.shapes import Column, postgres_columns, postgres_tables

Places = list[tuple[str, str]]  # schemas: the one shown, and the one whose shape it will have


def widen(session: Session, places: Places) -> None:
    """Add columns that are new, empty; those that will go, or may be null soon, may be so already."""
    session.execute(f"set lock_timeout = '{LOCK_TIMEOUT}'")
    for table, wanted, found in _pairs(session, places):
        for name, column in wanted.items():
            if name not in found:
                patiently(partial(_add, session, table, column))
        for name, column in found.items():
            if not column.may_be_null and (name not in wanted or wanted[name].may_be_null):
                loosened = f"alter table {table} alter column {quoted(name)} drop not null"
                patiently(partial(_run, session, loosened))


def narrow(session: Session, places: Places) -> None:
    """Drop columns and tables that are no more: they are empty by now."""
    session.execute(f"set lock_timeout = '{LOCK_TIMEOUT}'")
    for table, wanted, found in _pairs(session, places):
        for name in found.keys() - wanted.keys():
            dropped = f"alter table {table} drop column {quoted(name)}"
            if_possible(partial(_run, session, dropped), dropped)
    for shown, kept in places:
        for table in set(postgres_tables(session, shown)) - set(postgres_tables(session, kept)):
            dropped = f"drop table {quoted(shown)}.{quoted(table)}"
            if_possible(partial(_run, session, dropped), dropped)


def retype(session: Session, table: str, wanted: list[Column], found: list[Column]) -> None:
    """Columns of another type under the same name: seldom, and the one change that the move itself makes."""
    before = {column.name: column.kind for column in found}
    for column in wanted:
        if before.get(column.name, column.kind) != column.kind:
            session.execute(f"alter table {table} drop column {quoted(column.name)}")
            _add(session, table, column)


def _pairs(session: Session, places: Places) -> list[tuple[str, dict[str, Column], dict[str, Column]]]:
    """For each table in both schemas: its name, its columns as they will be, and as they are."""
    return [
        (
            f"{quoted(shown)}.{quoted(table)}",
            {column.name: column for column in postgres_columns(session, kept, table)},
            {column.name: column for column in postgres_columns(session, shown, table)},
        )
        for shown, kept in places
        for table in sorted(set(postgres_tables(session, shown)) & set(postgres_tables(session, kept)))
    ]


def _add(session: Session, table: str, column: Column) -> None:
    session.execute(f"alter table {table} add column {quoted(column.name)} {column.in_postgres}")
    if column.comment:
        session.execute(f"comment on column {table}.{quoted(column.name)} is {literal(column.comment)}")


def _run(session: Session, statement: str) -> None:
    session.execute(statement)
