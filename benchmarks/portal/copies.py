"""Many copies of one portal: every record again under an id of its own, with its history and associations."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.portal.original import Original

RAW = "raw_hubspot"
IDS = {"id", "object_id", "from_id", "to_id", "loser_id", "winner_id", "referred_by"}
IDS |= {"hs_object_id", "associatedcompanyid", "hs_merged_object_ids"}
PLACES = 10_000
"""Copies there can be: an id becomes its own digits and four more."""
KEYS = {
    "associations": ("from_type", "from_id", "to_type", "to_id"),
    "merged_records": ("object_type", "loser_id"),
    "property_history": ("object_type", "object_id", "property", "changed_at", "ordinal"),
    "unfit_values": ("object_type", "object_id", "property"),
}
"""Tables copied beside those of records; what is in neither (owners, visits) stays as it is."""


@dataclass(frozen=True)
class Night:
    """What the next night changed: leads with any new fact, and all leads there are."""

    changed: int
    leads: int


def grow(original: Original, folder: Path, copies: int) -> None:
    """Make `folder` a project whose portal is `copies` times the original's on the first evening."""
    shutil.copytree(original.first, folder, symlinks=True)
    with duckdb.connect(str(folder / "warehouse.duckdb")) as connection:
        connection.execute(f"drop schema if exists {RAW}_staging cascade")
        for table, columns in _copied(connection, RAW).items():
            rows = _multiplied(f"{RAW}.{table}", columns, copies)
            connection.execute(f"create table {RAW}.copies as {rows}")
            connection.execute(f"drop table {RAW}.{table}")
            connection.execute(f"alter table {RAW}.copies rename to {table}")


def move_on(original: Original, folder: Path, copies: int, share: float) -> Night:
    """Let the original's next day happen in as many of the copies as makes `share` of all leads change."""
    with duckdb.connect(str(folder / "warehouse.duckdb")) as connection:
        for evening in ("first", "second"):
            file = getattr(original, evening) / "warehouse.duckdb"
            connection.execute(f"attach '{file}' as {evening} (read_only)")
        changed = _changed_leads(connection)
        moved = max(1, min(copies, round(copies * share * original.contacts / max(changed, 1))))
        for table, columns in _copied(connection, f"first.{RAW}").items():
            _replace(connection, table, columns, moved)
        for table in ("audit.runs", "audit.sync_proof"):
            names = ", ".join(f'"{name}"' for name in _columns(connection, table))
            connection.execute(
                f"insert into {table} ({names}) select {names} from second.{table}"
                f" where run_id not in (select run_id from {table})"
            )
        return Night(changed * moved, original.contacts * copies)


def _copied(connection: duckdb.DuckDBPyConnection, schema: str) -> dict[str, dict[str, str]]:
    """The tables to copy, with their columns' types."""
    tables = f"select distinct table_name from information_schema.tables where table_schema = '{RAW}'"
    names = sorted(name for (name,) in connection.execute(tables).fetchall())
    found = {name: _columns(connection, f"{schema}.{name}") for name in names}
    return {name: columns for name, columns in found.items() if name in KEYS or "hs_object_id" in columns}


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    return {name: kind for name, kind, *_ in connection.execute(f"describe {table}").fetchall()}


def _multiplied(rows: str, columns: dict[str, str], copies: int) -> str:
    shifted = ", ".join(f'{_shifted(name, kind)} as "{name}"' for name, kind in columns.items())
    return f"select {shifted} from {rows} as original, range({copies}) as copies (copy)"


def _shifted(name: str, kind: str) -> str:
    if name == "email":
        return "replace(email, '@', '.' || copy || '@')"
    if name not in IDS:
        return f'original."{name}"'
    if kind.startswith("DECIMAL"):
        return f'cast("{name}" * {PLACES} + copy as {kind})'
    return f"regexp_replace(\"{name}\", '(\\d+)', '\\1' || lpad(cast(copy as varchar), 4, '0'), 'g')"


def _replace(connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str], moved: int) -> None:
    """What is new or otherwise on the second evening takes the place of what was, in `moved` copies."""
    names = ", ".join(f'"{name}"' for name in columns)
    keys = KEYS.get(table, ("id",))
    ours, theirs = f"{RAW}.{table}", [f"select {names} from {at}.{RAW}.{table}" for at in ("first", "second")]
    for kind, sides in (("gone", theirs), ("come", theirs[::-1])):
        connection.execute(f"create or replace temp table {kind} as ({sides[0]}) except ({sides[1]})")
    same = " and ".join(f"{table}.{key} = gone.{key}" for key in keys)
    gone = _multiplied("gone", columns, moved)
    connection.execute(f"delete from {ours} using ({gone}) as gone where {same}")
    connection.execute(f"insert into {ours} ({names}) {_multiplied('come', columns, moved)}")


def _changed_leads(connection: duckdb.DuckDBPyConnection) -> int:
    """Contacts with a new version, a new revision or a new association."""
    found = connection.execute(f"""
        with
        versions as (from second.{RAW}.contacts except from first.{RAW}.contacts),
        revisions as (from second.{RAW}.property_history except from first.{RAW}.property_history),
        links as (from second.{RAW}.associations except from first.{RAW}.associations)
        select count(distinct id) from (
            select id from versions
            union all select object_id from revisions where object_type = 'contacts'
            union all select to_id from links where to_type = 'contacts'
            union all select from_id from links where from_type = 'contacts'
        ) as found (id)
    """).fetchone()
    return int(found[0]) if found else 0
