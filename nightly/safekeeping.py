"""What cannot be had again is kept twice: a copy beside the working file, made whenever a run publishes.

The CRM forgets: old revisions, records deleted long ago, what a lead's team was. So does a working file that
a disk damages. The copy holds the raw tables with their cursors, the audit, and all that was seen; the rest
is worked out from them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from project import Project
from warehouse import Warehouse
from warehouse.audit import audit_tables

if TYPE_CHECKING:
    import duckdb

KEPT = "kept"
# Base tables only: views and marts are made anew each night.
_CHOSEN = """
    select schema_name, table_name, sql from duckdb_tables()
    where database_name = current_database() and not temporary
        and (
            starts_with(schema_name, 'raw_') or schema_name = 'audit' or starts_with(table_name, 'int_seen_')
        )
    order by schema_name, table_name
"""


def copy_of(project: Project) -> Path:
    """Where the copy is; there is none before the first publication."""
    return project.state_dir / "kept.duckdb"


def keep(project: Project, warehouse: Warehouse) -> None:
    """Put a new copy in the place of the old one, by one rename. A server keeps its own backups."""
    if warehouse.engine != "duckdb":
        return
    draft = copy_of(project).with_suffix(".new")
    _remove(draft)
    try:
        _fill(warehouse, draft)
    except BaseException:
        _remove(draft)  # it may be what filled the disk
        raise
    draft.replace(copy_of(project))


def _fill(warehouse: Warehouse, draft: Path) -> None:
    with warehouse.connect() as connection, _attached(connection, draft):
        chosen = connection.execute(_CHOSEN).fetchall()
        connection.execute("begin")
        for schema in sorted({schema for schema, _, _ in chosen}):
            connection.execute(f"create schema if not exists {KEPT}.{_quoted(schema)}")
        for schema, table, sql in chosen:
            name = f"{_quoted(schema)}.{_quoted(table)}"
            connection.execute(str(sql).replace("CREATE TABLE ", f"CREATE TABLE {KEPT}.", 1))
            connection.execute(f"insert into {KEPT}.{name} select * from {name}")
        kept = {f"{schema}.{table}" for schema, table, _ in chosen}
        for one in audit_tables():
            if one.label in kept:
                one.describe(connection, f"{KEPT}.{one.label}")
        connection.execute("commit")


def _remove(draft: Path) -> None:
    for file in (draft, draft.with_name(f"{draft.name}.wal")):
        file.unlink(missing_ok=True)


@contextmanager
def _attached(connection: Any, file: Path) -> Iterator[None]:
    connection.execute(f"attach '{_literal(file)}' as {KEPT}")
    try:
        yield
    finally:
        connection.execute(f"detach {KEPT}")


def audit_from(publication: Path, connection: "duckdb.DuckDBPyConnection") -> list[str]:
    """Copy the audit of a publication's file into an empty working file. Returns the tables' names."""
    connection.execute(f"attach '{_literal(publication)}' as shown (read_only)")
    found = connection.execute(
        "select table_name from duckdb_tables() where database_name = 'shown' and schema_name = 'audit'"
    ).fetchall()
    connection.execute("create schema if not exists audit")
    names = [name for (name,) in sorted(found) if name != "publication_changes"]
    for name in names:
        connection.execute(f"create table audit.{_quoted(name)} as from shown.audit.{_quoted(name)}")
    connection.execute("detach shown")
    return names


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(file: Path) -> str:
    return str(file).replace("'", "''")
