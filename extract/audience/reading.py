"""The audience's tables: all on the first night, the days whose figures may still move on later ones."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pyarrow as pa

from extract.audience.mailings import mailings
from extract.audience.reports import views, visits
from extract.audience.tables import TABLES
from extract.faults import Denied
from extract.parcels import Cursor, Parcel, key_of
from extract.source import Source
from extract.stored import quoted
from warehouse import Warehouse

Rows = list[dict[str, Any]]
UNTIL = "until"
DAY = "day"


@dataclass
class Audience:
    """One night's reading. `denied`: what the portal did not let us read, and why.

    Figures that are no more wait in `gone` until the fresh ones are loaded.
    """

    source: Source
    warehouse: Warehouse
    as_of: datetime
    denied: dict[str, str] = field(default_factory=dict)
    gone: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)

    def stream(self, places: dict[str, Cursor], present: dict[str, set[str]]) -> Iterator[Parcel]:
        """What changed, table by table; `places` says until when each was read before."""
        for name, read in (
            ("visits", self._visits),
            ("content_analytics", self._contents),
            ("marketing_emails", self._mailings),
        ):
            since = self._since(places.get(name, {}))
            try:
                rows = read(since)
            except Denied as denied:
                self.denied[name] = denied.message
                continue
            tables = self._changed(name, rows, since, known=name in present)
            yield Parcel(tables, {name: {UNTIL: self.as_of.date().isoformat()}})

    def settle(self) -> None:
        """Remove figures that the portal has no more."""
        if not self.gone:
            return
        with self.warehouse.connect() as connection:
            for name, key in self.gone:
                matches = " and ".join(f"{column} = ?" for column in key_of(name))
                connection.execute(f"delete from {quoted(name)} where {matches}", list(key))

    @property
    def _tomorrow(self) -> date:
        """The portal's day may be ahead of ours; of days to come it tells nothing."""
        return self.as_of.date() + timedelta(days=1)

    def _since(self, place: Cursor) -> date | None:
        if UNTIL not in place:
            return None
        last = min(date.fromisoformat(place[UNTIL]), self.as_of.date())
        return last - timedelta(days=self.source.declared.audience.again_days)

    def _visits(self, since: date | None) -> Rows:
        declared = self.source.declared.audience
        return visits(self.source.client, declared, since or declared.since, self._tomorrow)

    def _contents(self, since: date | None) -> Rows:
        declared = self.source.declared.audience
        read: Callable[..., Rows] = partial(views, self.source.client, declared)
        return [
            row for one in declared.contents for row in read(one, since or declared.since, self._tomorrow)
        ]

    def _mailings(self, _: date | None) -> Rows:
        return mailings(self.source.client, self.source.declared.audience.mailings)

    def _changed(self, name: str, rows: Rows, since: date | None, *, known: bool) -> dict[str, pa.Table]:
        """Rows that the warehouse has not, or has otherwise; what the portal has no more goes to `gone`."""
        stored = self._stored(name, since) if known else {}
        key = key_of(name)
        fresh = {tuple(row[column] for column in key): row for row in rows}
        fresh = {at: _with_name(row, stored.get(at)) for at, row in fresh.items()}
        changed = [row for at, row in fresh.items() if stored.get(at) != row]
        if DAY in key:
            self.gone += [(name, at) for at in sorted(stored.keys() - fresh.keys())]
        return {name: pa.Table.from_pylist(changed, schema=TABLES[name])} if changed else {}

    def _stored(self, name: str, since: date | None) -> dict[tuple[Any, ...], dict[str, Any]]:
        columns = TABLES[name].names
        recent = f" where {DAY} >= ?" if since and DAY in key_of(name) else ""
        with self.warehouse.connect() as connection:
            found = connection.execute(
                f"select {', '.join(columns)} from {quoted(name)}{recent}", [since] if recent else []
            ).fetchall()
        rows = [dict(zip(columns, row, strict=True)) for row in found]
        return {tuple(row[column] for column in key_of(name)): row for row in rows}


def _with_name(row: dict[str, Any], before: dict[str, Any] | None) -> dict[str, Any]:
    """What is listed no more keeps the name that it had."""
    return row | {"name": before["name"]} if before and row.get("name", "") is None else row
