"""Analytics reports, day by day: visits by original source, views of pages and posts."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from extract.audience.declared import Audience, Content
from extract.client import Client

Row = dict[str, Any]
_ONE = timedelta(days=1)


def visits(client: Client, declared: Audience, since: date, until: date) -> list[Row]:
    """Rows of `visits` from `since` to `until`, both included. Days and sources without any are left out."""
    came: Counter[tuple[date, str]] = Counter()
    people: Counter[tuple[date, str]] = Counter()
    for day, row in _daily(client, declared, declared.visits.address, since, until):
        key = day, declared.visits.source_of(str(row["breakdown"]))
        came[key] += row.get("visits") or 0
        people[key] += row.get("visitors") or 0
    return [
        {"day": day, "source": source, "visits": came[day, source], "visitors": people[day, source]}
        for day, source in sorted(+came)
    ]


def views(client: Client, declared: Audience, one: Content, since: date, until: date) -> list[Row]:
    """Rows of `content_analytics` for one kind of content; `name` null for what is listed no more."""
    found = list(_daily(client, declared, one.address, since, until))
    names = _names(client, one.names) if found else {}
    rows = [
        {
            "content_type": one.content_type,
            "content_id": str(row["breakdown"]),
            "day": day,
            "name": names.get(str(row["breakdown"])),
            "views": row.get("rawViews") or 0,
            "contacts_created": row.get("contacts") or 0,
        }
        for day, row in found
    ]
    return sorted(rows, key=lambda row: (row["content_id"], row["day"]))


def listed(client: Client, address: str, parameters: dict[str, str | int]) -> Iterator[dict[str, Any]]:
    """All entries of a list that is paged by a cursor."""
    after: dict[str, str | int] | None = {}
    while after is not None:
        answer = client.get(address, parameters | after)
        yield from answer["results"]
        following = ((answer.get("paging") or {}).get("next") or {}).get("after")
        after = None if following is None else {"after": str(following)}


def _daily(
    client: Client, declared: Audience, address: str, since: date, until: date
) -> Iterator[tuple[date, Row]]:
    """What the report says of each day. The months tell how far back there is anything to ask for."""
    if (until - since).days > declared.days_a_request:
        months = client.get(f"{address}/monthly", _between(since, until))
        first = min((day for day, rows in months.items() if rows), default=until.isoformat())
        since = max(since, date.fromisoformat(first))
    while since <= until:
        last = min(until, since + (declared.days_a_request - 1) * _ONE)
        for day, rows in sorted(client.get(f"{address}/daily", _between(since, last)).items()):
            for row in rows:
                yield date.fromisoformat(day), row
        since = last + _ONE


def _between(since: date, until: date) -> dict[str, str | int]:
    return {"start": f"{since:%Y%m%d}", "end": f"{until:%Y%m%d}"}


def _names(client: Client, address: str) -> dict[str, str | None]:
    return {str(entry["id"]): entry.get("name") for entry in listed(client, address, {"limit": 100})}
