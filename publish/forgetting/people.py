"""Who must be forgotten: contacts that the CRM has erased, and all that were merged into them."""

import hashlib
import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

from publish.copy import literal
from publish.history import history
from publish.publication import Publication

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from project import Project
    from warehouse import Warehouse

LOG = logging.getLogger(__name__)
NOTE = "forgotten"
PURGED = "select id from raw_hubspot.purged_records where object_type = 'contacts' order by id"
LISTED = (
    "select 1 from information_schema.tables"
    " where table_schema = 'raw_hubspot' and table_name = 'purged_records'"
)
MERGED = """
    select unnest(string_split(merged_ids, ';')) from kept.marts.leads
    where merged_ids is not null and list_contains($ids, lead_id)
"""
HAS_MERGED = """
    select 1 from duckdb_columns()
    where
        database_name = 'kept' and schema_name = 'marts'
        and table_name = 'leads' and column_name = 'merged_ids'
"""


def due(project: "Project", warehouse: "Warehouse") -> list[str]:
    """Whom kept publications and logs may still name; nobody, if all that the CRM erased are forgotten."""
    ids = purged(warehouse)
    return with_merged(ids, history(project)) if ids and mark(ids) != noted(project) else []


def erased(warehouse: "Warehouse") -> str:
    """A mark of all whom the CRM has erased so far."""
    return mark(purged(warehouse))


def noted(project: "Project") -> str:
    """For whom the last finished job was, as a mark."""
    note = note_of(project)
    return note.read_text(encoding="utf-8") if note.is_file() else mark([])


def note_of(project: "Project") -> "Path":
    """Where that is kept."""
    return project.state_dir / NOTE


def purged(warehouse: "Warehouse") -> list[str]:
    """The CRM's ids of people deleted for privacy, sorted; none where there has been no sync."""
    with warehouse.connect() as connection:
        if not connection.execute(LISTED).fetchone():
            return []
        return [one for (one,) in connection.execute(PURGED).fetchall()]


def with_merged(ids: Iterable[str], kept: Iterable[Publication]) -> list[str]:
    """`ids`, and those of contacts that any of `kept` says were merged into them; sorted."""
    import duckdb

    found, publications = set(ids), list(kept)
    with duckdb.connect() as connection:
        while more := {one for each in publications for one in _merged(connection, each, found)} - found:
            found |= more
    return sorted(found)


def mark(ids: list[str]) -> str:
    """What the note of a finished job says: which people it was for, and none of their ids."""
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()


def _merged(connection: "DuckDBPyConnection", kept: Publication, ids: set[str]) -> list[str]:
    try:
        connection.execute(f"attach {literal(kept.database)} as kept (read_only)")
    except Exception as error:  # noqa: BLE001 -- such a folder cannot be rewritten either, and goes
        LOG.warning("publication %s cannot be read: %s", kept.publication_id, type(error).__name__)
        return []
    try:
        if not connection.execute(HAS_MERGED).fetchone():
            return []
        return [one for (one,) in connection.execute(MERGED, {"ids": sorted(ids)}).fetchall()]
    finally:
        connection.execute("detach kept")
