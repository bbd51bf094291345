"""Parcels of rows by raw table, with the cursors that hold once they are loaded; several become one load."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

KEYS = {
    "property_history": ("object_type", "object_id", "property", "changed_at", "ordinal"),
    "cut_histories": ("object_type", "object_id", "property"),
    "associations": ("from_type", "from_id", "to_type", "to_id"),
    "merged_records": ("object_type", "loser_id"),
    "purged_records": ("object_type", "id"),
    "unfit_values": ("object_type", "object_id", "property"),
    "owner_teams": ("owner_id", "team_id"),
    "engagement_media": ("object_type", "value"),
    "pipeline_stages": ("object_type", "pipeline_id", "stage_id"),
    "properties": ("object_type", "name"),
    "visits": ("day", "source"),
    "content_analytics": ("content_type", "content_id", "day"),
}
OF_RECORDS = {"associations", "property_history", "unfit_values"}
Cursor = dict[str, Any]


@dataclass(frozen=True)
class Parcel:
    """Rows by raw table, and the cursors (by object) that hold once they are loaded."""

    tables: dict[str, pa.Table] = field(default_factory=dict)
    cursors: dict[str, Cursor] = field(default_factory=dict)

    def ids(self, name: str) -> set[str]:
        """The ids of an object's records that it brings, and of those that were merged into them."""
        found: set[str] = set()
        for table, column in ((name, "id"), ("merged_records", "loser_id")):
            if table in self.tables:
                found.update(self.tables[table][column].to_pylist())
        return found

    @property
    def rows(self) -> int:
        """Rows in all tables."""
        return sum(table.num_rows for table in self.tables.values())

    @property
    def bytes(self) -> int:
        """Bytes in memory."""
        return sum(table.nbytes for table in self.tables.values())


def key_of(table: str) -> tuple[str, ...]:
    """The primary key of a raw table."""
    return KEYS.get(table, ("id",))


def joined(parcels: list[Parcel]) -> dict[str, pa.Table]:
    """All their rows by raw table, in order; of those with the same key the last one."""
    parts: dict[str, list[pa.Table]] = defaultdict(list)
    for parcel in parcels:
        for name, table in parcel.tables.items():
            parts[name].append(table)
    whole = {name: pa.concat_tables(tables) for name, tables in parts.items()}
    repeated = _repeated(parcels, whole)
    return {name: last_of_each(table, name) if name in repeated else table for name, table in whole.items()}


def _repeated(parcels: list[Parcel], joined: dict[str, pa.Table]) -> set[str]:
    """Tables that may have two rows of the same key.

    A parcel of records holds each row once: two have the same one only if they have the same record.
    """
    objects = {name for name in joined if key_of(name) == ("id",)}
    twice = {
        name for name in objects if pc.count_distinct(joined[name]["id"]).as_py() != joined[name].num_rows
    }
    alone = {name for parcel in parcels if not parcel.tables.keys() & objects for name in parcel.tables}
    return joined.keys() - objects - (set() if twice else OF_RECORDS - alone) | twice


def last_of_each(rows: pa.Table, name: str) -> pa.Table:
    """Rows of a raw table: of those with the same key the last one."""
    key = list(key_of(name))
    numbered = rows.select(key).append_column("at", pa.array(range(rows.num_rows), pa.int64()))
    kept = numbered.group_by(key).aggregate([("at", "max")])["at_max"]
    return rows if len(kept) == rows.num_rows else rows.take(kept.sort())
