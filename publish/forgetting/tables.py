"""The tables of a kept publication without some people: a new DuckDB file, and what was exported from it."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publish import copy, exports
from publish.copy import Table, literal, quoted
from publish.forgetting.pages import scrubbed, unlisted
from publish.forgetting.sentences import LISTS, SENTENCES
from publish.publication import DATABASE, TABLES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

KEPT = "kept"
DEALS = "deals"  # the company's; what goes is whose they were
COLUMNS = """
    select column_name, data_type from duckdb_columns()
    where database_name = ? and schema_name = ? and table_name = ? order by column_index
"""


@dataclass(frozen=True)
class Rewritten:
    """`rows` counts by table as in the manifest; `changed` are the tables that somebody was in."""

    rows: dict[str, int]
    changed: tuple[str, ...]


def rewrite(folder: Path, making: Path, ids: list[str]) -> Rewritten:
    """Write into `making` what of `folder`'s tables has to change, at the same places.

    The DuckDB file is written as a whole and not deleted from: what was deleted could still be read in it.
    """
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute("create temp table gone as select unnest($ids) as id", {"ids": ids})
        connection.execute("set variable gone = $ids", {"ids": ids})
        connection.create_function("scrubbed", lambda text: scrubbed(text, ids), ["VARCHAR"], "VARCHAR")
        connection.create_function("unlisted", lambda text: unlisted(text, ids), ["VARCHAR"], "VARCHAR")
        connection.execute(f"attach {literal(folder / DATABASE)} as {KEPT} (read_only)")
        tables = [one for schema in ("marts", "audit") for one in copy.tables_of(connection, KEPT, schema)]
        changed = [table for table in tables if _holds(connection, table)]
        if changed:
            copy.open_target(connection, making / DATABASE, b"")
            for table in tables:
                copy.copy_table(connection, table, {}, source=_without(connection, table))
            _export(connection, folder, making, [table.published for table in changed])
        catalogue = [table.published if changed else table for table in tables]
        rows = {table.label: copy.count(connection, table) for table in catalogue}
        if changed:
            copy.close_target(connection)
    return Rewritten(dict(sorted(rows.items())), tuple(table.label for table in changed))


def _export(connection: "DuckDBPyConnection", folder: Path, making: Path, changed: list[Table]) -> None:
    (making / TABLES).mkdir()
    for table in changed:
        copy.export_parquet(connection, table, making / TABLES)
    for kind in exports.FORMATS:
        had = [one for one in changed if (folder / exports.FOLDER / f"{one.label}.{kind}").is_file()]
        if had:
            wanted = exports.Exports((kind,), tuple(one.label for one in had))
            exports.write(connection, wanted, changed, making)


def _holds(connection: "DuckDBPyConnection", table: Table) -> bool:
    tests = [_test(table, name) for name, _ in _columns(connection, table)]
    any_of = " or ".join(test for test in tests if test) or "false"
    return connection.execute(f"select 1 from {table.source} where {any_of} limit 1").fetchone() is not None


def _test(table: Table, name: str) -> str | None:
    """Whether a row's column names one of the people."""
    column = quoted(name)
    if name in ("lead_id", "referred_by"):
        return f"{column} in (select id from gone)"
    if name == "merged_ids":
        return f"list_has_any(string_split({column}, ';'), getvariable('gone'))"
    if name in LISTS.get(table.label, ()):
        return f"unlisted({column}) <> {column}"
    return f"scrubbed({column}) <> {column}" if name in SENTENCES.get(table.label, ()) else None


def _without(connection: "DuckDBPyConnection", table: Table) -> str:
    """The rows of `table` without the people: theirs left out, their ids taken from other rows."""
    columns = _columns(connection, table)
    picked = ", ".join(_picked(table, name, kind) for name, kind in columns)
    theirs = "lead_id" in {name for name, _ in columns} and table.name != DEALS
    left_out = " where lead_id is null or lead_id not in (select id from gone)" if theirs else ""
    return f"select {picked} from {table.source}{left_out}"


def _picked(table: Table, name: str, kind: str) -> str:
    column = quoted(name)
    if name == "referred_by" or (name == "lead_id" and table.name == DEALS):
        return f"case when {column} not in (select id from gone) then {column} end as {column}"
    if name == "merged_ids":
        others = "lambda one: not list_contains(getvariable('gone'), one)"
        listed = f"list_filter(string_split({column}, ';'), {others})"
        return f"nullif(array_to_string({listed}, ';'), '') as {column}"
    if name in LISTS.get(table.label, ()) and kind == "VARCHAR":
        return f"nullif(unlisted({column}), '') as {column}"
    if name in SENTENCES.get(table.label, ()) and kind == "VARCHAR":
        return f"scrubbed({column}) as {column}"
    return column


def _columns(connection: "DuckDBPyConnection", table: Table) -> list[tuple[str, str]]:
    return connection.execute(COLUMNS, [table.catalog, table.schema, table.name]).fetchall()
