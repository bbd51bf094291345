"""The CRM's records over a story, as of any instant: what the API serves."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Any

from sandbox.plot.world import World
from sandbox.records import companies, contacts, deals, engagements
from sandbox.records.links import ENGAGEMENTS
from sandbox.records.rows import Kind, Properties, Row

_CONTACT = Kind("lastmodifieddate", 45, contacts.base, contacts.changes)
_COMPANY = Kind("hs_lastmodifieddate", 20, companies.base, companies.changes)
_DEAL = Kind("hs_lastmodifieddate", 20, deals.base, deals.changes)
_ENGAGEMENT = Kind("hs_lastmodifieddate", 20, engagements.base, engagements.changes)
OBJECT_TYPES = ("contacts", "companies", "deals", *ENGAGEMENTS)


class Table:
    """All records of one type, ever, in the order of ids, which is the order of creation."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        self.by_id = {row.id: row for row in rows}
        self.ids = [row.id for row in rows]
        self._created = [row.created for row in rows]
        self._modified: tuple[int, list[tuple[int, int]]] = (-1, [])

    def count(self, now: int) -> int:
        """How many exist at `now`: the first so many of `rows`."""
        return bisect_right(self._created, now)

    def position_after(self, id: int) -> int:
        """Where in `rows` the ids beyond `id` begin."""
        return bisect_right(self.ids, id)

    def get(self, id: int, now: int) -> Row | None:
        """The record, if it exists at `now`."""
        row = self.by_id.get(id)
        return row if row is not None and row.created <= now else None

    def slice_of_ids(self, low: int, high: int, count: int) -> tuple[int, int]:
        """Where in the first `count` rows the ids from `low` to `high`, both included, lie."""
        return bisect_left(self.ids, low, 0, count), bisect_right(self.ids, high, 0, count)

    def modified_between(self, low: int, high: int, now: int) -> list[int]:
        """Ids last modified from `low` to `high`, both included, as of `now`, by (modified, id)."""
        stamps = self._by_modified(now)
        return [id for _, id in stamps[bisect_left(stamps, (low, 0)) : bisect_left(stamps, (high + 1, 0))]]

    def _by_modified(self, now: int) -> list[tuple[int, int]]:
        if self._modified[0] != now:
            rows = self.rows[: self.count(now)]
            self._modified = (now, sorted((row.modified_at(now), row.id) for row in rows))
        return self._modified[1]


class Crm:
    """The nine object types."""

    def __init__(self, world: World) -> None:
        self.tables = {
            "contacts": Table(_rows(world.leads, _CONTACT)),
            "companies": Table(_rows(world.firms, _COMPANY)),
            "deals": Table(_rows(world.deals, _DEAL)),
        }
        for name in ENGAGEMENTS:
            subjects = [each for each in world.engagements if each.kind == name]
            self.tables[name] = Table([Row(each.logged_at, _ENGAGEMENT, each) for each in subjects])

    def records(self, object_type: str, now: int) -> Iterator[tuple[int, Properties]]:
        """Every record of a type at `now`, in the order of ids, with all its properties."""
        table = self.tables[object_type]
        for row in table.rows[: table.count(now)]:
            yield row.id, row.properties(now)


def _rows(subjects: list[Any], kind: Kind) -> list[Row]:
    return [Row(each.created_at, kind, each) for each in subjects]
