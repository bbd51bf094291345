"""Exactly what the CRM holds at an instant, edits included: what a copy of it must equal."""

from dataclasses import dataclass

from sandbox.crm import Crm
from sandbox.records.kinds import OBJECT_TYPES
from sandbox.records.links import type_ids
from sandbox.records.rows import Change, Properties, Row
from sandbox.records.table import Table

Association = tuple[str, int, str, int, bool]  # from type, from id, to type, to id, primary


@dataclass(frozen=True)
class Census:
    """Records by type and id. Property values are the CRM's texts; "" was cleared, a missing one never set.

    `live` and `archived`: all defined properties that have or had a value. `archived_at`: milliseconds.
    `vanished`: once live, now in no list, archive, batch read or merge. `merged`: loser to its last winner,
    whatever became of the winner since.
    """

    now: int
    live: dict[str, dict[int, Properties]]
    archived: dict[str, dict[int, Properties]]
    archived_at: dict[str, dict[int, int]]
    vanished: dict[str, frozenset[int]]
    merged: dict[str, dict[int, int]]
    associations: frozenset[Association]
    rows: dict[str, dict[int, Row]]

    def history(self, object_type: str, id: int, name: str, *, whole: bool = False) -> list[Change]:
        """A property's revisions, newest first: those that the CRM still shows, or (`whole`) all ever."""
        row = self.rows[object_type][id]
        told = row.whole_histories if whole else row.histories
        return told((name,), row.properties(self.now), self.now)[name]


def census(crm: Crm, now: int) -> Census:
    """Count everything."""
    tables = {name: crm.tables[name] for name in OBJECT_TYPES}
    rows = {name: {row.id: row for row in table.every(now)} for name, table in tables.items()}
    archived = {name: table.archived(now) for name, table in tables.items()}
    return Census(
        now=now,
        live={name: _values(crm, name, table.live(now), now) for name, table in tables.items()},
        archived={name: _values(crm, name, archived[name], now) for name in tables},
        archived_at={name: {row.id: _since(row, now) for row in archived[name]} for name in tables},
        vanished={
            name: frozenset(row.id for row in rows[name].values() if row.state(now) == "gone")
            for name in tables
        },
        merged={name: _merged(table, rows[name], now) for name, table in tables.items()},
        associations=frozenset(_associations(crm, tables, now)),
        rows=rows,
    )


def _values(crm: Crm, object_type: str, rows: list[Row], now: int) -> dict[int, Properties]:
    defined = crm.catalogue.fields(object_type, now)
    return {
        row.id: {
            name: value
            for name, value in row.properties(now).items()
            if name in defined and value is not None
        }
        for row in rows
    }


def _since(row: Row, now: int) -> int:
    fate = row.fate(now)
    return fate.at if fate else row.created


def _merged(table: Table, rows: dict[int, Row], now: int) -> dict[int, int]:
    became = {row.id: table.final(row.id, now) for row in rows.values() if row.state(now) == "merged"}
    return {id: winner.id for id, winner in became.items() if winner is not None}


def _associations(crm: Crm, tables: dict[str, Table], now: int) -> list[Association]:
    return [
        (source, row.id, target, link.to_id, link.is_primary)
        for source, table in tables.items()
        for target in tables
        if type_ids(source, target) is not None
        for row in table.live(now)
        for link in crm.graph.of(source, row, target, now)
    ]
