"""Associations as of an instant: the story's, what was added and removed by hand, and what merges moved."""

from collections import defaultdict
from collections.abc import Mapping
from operator import itemgetter

from sandbox.records.links import Link, links
from sandbox.records.made import Made
from sandbox.records.rows import Row
from sandbox.records.table import Edits, Table

Pair = tuple[int, int]  # ids of the two records, which say their types too: no two records share an id
_OWN_PRIMARY = frozenset({("contacts", "companies"), ("deals", "companies"), ("leads", "contacts")})


class Graph:
    """Who is associated with whom. Only records that are live at `now` have any association."""

    def __init__(self, tables: Mapping[str, Table], edits: Edits) -> None:
        self._tables, self._edits = tables, edits
        self._events: dict[Pair, list[tuple[int, bool]]] = defaultdict(list)
        self._added: dict[tuple[int, str], dict[int, int]] = defaultdict(dict)
        self._primary: dict[tuple[int, str], list[tuple[int, int | None]]] = defaultdict(list)
        self._losers: dict[int, list[tuple[int, Row]]] = defaultdict(list)

    def join(self, at: int, source: tuple[str, int], target: tuple[str, int], *, primary: bool) -> None:
        """Associate two records; `primary`: `target` is now the primary one of `source`."""
        self._edits.count += 1
        (from_type, from_id), (to_type, to_id) = source, target
        for one, other in ((from_id, to_id), (to_id, from_id)):
            self._events[one, other].append((at, True))
            self._events[one, other].sort(key=itemgetter(0))
        self._added[from_id, to_type].setdefault(to_id, at)
        self._added[to_id, from_type].setdefault(from_id, at)
        if primary:
            self._primary[from_id, to_type].append((at, to_id))
            self._primary[from_id, to_type].sort(key=itemgetter(0))

    def part(self, at: int, one: Row, other: Row) -> None:
        """Remove every association between two records, and between whoever was merged into them."""
        self._edits.count += 1
        for a in self._family(one, at):
            for b in self._family(other, at):
                for pair in ((a.id, b.id), (b.id, a.id)):
                    self._events[pair].append((at, False))
                    self._events[pair].sort(key=itemgetter(0))

    def merge(self, at: int, winner: Row, loser: Row) -> None:
        """From `at` on the loser's associations are the winner's."""
        self._edits.count += 1
        self._losers[winner.id].append((at, loser))

    def of(self, source: str, row: Row, target: str, now: int) -> list[Link]:
        """A live record's associations with live records of a type, in the order of ids."""
        if self._edits.count == 0:
            return [link for link in links(source, target, row.subject) if link.at <= now]
        since = self._neighbours(source, row, target, now)
        if (source, target) in _OWN_PRIMARY:
            chosen = self._primary_of(source, row, target, now, since)
            return [Link(id, since[id], id == chosen) for id in sorted(since)]
        if (target, source) in _OWN_PRIMARY:
            return [
                Link(id, since[id], self._is_primary_of(target, id, source, row, now)) for id in sorted(since)
            ]
        return [Link(id, since[id], False) for id in sorted(since)]

    def _family(self, row: Row, now: int) -> list[Row]:
        """The record and everybody who was merged into it by `now`, itself first, then by instant."""
        family = [row]
        for at, loser in sorted(self._losers.get(row.id, ()), key=itemgetter(0)):
            if at <= now:
                family += self._family(loser, now)
        return family

    def _neighbours(self, source: str, row: Row, target: str, now: int) -> dict[int, int]:
        """Ids of live neighbours and since when."""
        since: dict[int, int] = {}
        for member in self._family(row, now):
            for id, at in self._own(source, member, target, now).items():
                final = self._tables[target].get(id, now)
                if final is not None and final is not row:
                    since[final.id] = min(at, since.get(final.id, at))
        return since

    def _own(self, source: str, member: Row, target: str, now: int) -> dict[int, int]:
        """The member's own ones: of the story and by hand, unless removed since."""
        own = {link.to_id: link.at for link in _told(source, target, member) if link.at <= now}
        for id in self._added.get((member.id, target), ()):
            own.setdefault(id, self._added[member.id, target][id])
        return {id: at for id, at in own.items() if self._is_on(member.id, id, at, now)}

    def _is_on(self, one: int, other: int, at: int, now: int) -> bool:
        on = at <= now
        for when, joined in self._events.get((one, other), ()):
            if at <= when <= now:
                on = joined
        return on

    def _primary_of(self, source: str, row: Row, target: str, now: int, since: dict[int, int]) -> int | None:
        """Whom the record calls primary: what was said last, else the story's, else a merged one's."""
        for member in self._family(row, now):
            said = [id for at, id in self._primary.get((member.id, target), ()) if at <= now]
            told = [
                link.to_id for link in _told(source, target, member) if link.is_primary and link.at <= now
            ]
            for id in [*reversed(said), *told]:
                final = self._tables[target].get(id, now) if id is not None else None
                own = self._own(source, member, target, now)
                if final is not None and final.id in since and id in own:
                    return final.id
        return None

    def _is_primary_of(self, source: str, id: int, target: str, row: Row, now: int) -> bool:
        other = self._tables[source].by_id[id]
        since = self._neighbours(source, other, target, now)
        return self._primary_of(source, other, target, now, since) == row.id


def _told(source: str, target: str, row: Row) -> list[Link]:
    return [] if isinstance(row.subject, Made) else links(source, target, row.subject)
