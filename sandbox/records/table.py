"""All records of one type: the story's, in the order of creation, and the ones made by hand."""

from bisect import bisect_left, bisect_right, insort_right
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.records.rows import Kind, Row

_REMEMBERED = 8


@dataclass
class Edits:
    """How many edits there were in a whole CRM: what was worked out after as many is still right."""

    count: int = 0


class Table:
    """`rows` are the story's, ever, in the order of ids, which is the order of creation.

    `touch` must be called after any edit of a row: what is remembered of an instant is forgotten then.
    """

    def __init__(self, kind: Kind, rows: list[Row], edits: Edits) -> None:
        self.kind, self.rows = kind, rows
        self.made: list[Row] = []
        self.by_id = {row.id: row for row in rows}
        self.is_touched = False
        self._edits = edits
        self._created = [row.created for row in rows]
        self._known: dict[tuple[str, int], list[Row]] = {}
        self._modified: tuple[int, list[tuple[int, int]]] = (-1, [])

    def count(self, now: int) -> int:
        """How many of the story's exist at `now`, whatever became of them: the first so many of `rows`."""
        return bisect_right(self._created, now)

    def add(self, row: Row) -> None:
        """One more record, made by hand."""
        insort_right(self.made, row, key=lambda each: each.id)
        self.by_id[row.id] = row
        self.touch()

    def touch(self) -> None:
        """Something was edited."""
        self.is_touched = True
        self._edits.count += 1
        self._known.clear()
        self._modified = (-1, [])

    def every(self, now: int) -> list[Row]:
        """Whatever was created by `now`, in the order of ids."""
        rows = self.rows[: self.count(now)]
        return (
            sorted(rows + [row for row in self.made if row.created <= now], key=lambda row: row.id)
            if self.made
            else rows
        )

    def live(self, now: int) -> list[Row]:
        """What a list shows at `now`, in the order of ids."""
        return self._remembered("live", now, lambda row: row.state(now) == "live")

    def archived(self, now: int) -> list[Row]:
        """What a list of the archive shows at `now`, in the order of ids."""
        if not self.is_touched:
            return []
        return self._remembered("archived", now, lambda row: row.state(now) == "archived")

    def get(self, id: int, now: int) -> Row | None:
        """The record, if it is live at `now`: for the id of a merged one, whom it became."""
        row = self.final(id, now)
        return row if row is not None and row.state(now) == "live" else None

    def final(self, id: int, now: int) -> Row | None:
        """The record with this id, or whom it became at last, whatever its state; None: never existed."""
        row = self.by_id.get(id)
        if row is None or row.created > now:
            return None
        while row.fates and (fate := row.fate(now)) and fate.into is not None:
            row = fate.into
        return row

    def modified_between(self, low: int, high: int, now: int) -> list[int]:
        """Ids of live records last modified from `low` to `high`, both included, by (modified, id)."""
        stamps = self._by_modified(now)
        return [id for _, id in stamps[bisect_left(stamps, (low, 0)) : bisect_left(stamps, (high + 1, 0))]]

    def _by_modified(self, now: int) -> list[tuple[int, int]]:
        if self._modified[0] != now:
            self._modified = (now, sorted((row.modified_at(now), row.id) for row in self.live(now)))
        return self._modified[1]

    def _remembered(self, what: str, now: int, test: Callable[[Row], bool]) -> list[Row]:
        key = (what, now)
        if key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            rows = self.every(now)
            self._known[key] = [row for row in rows if test(row)] if self.is_touched else rows
        return self._known[key]
