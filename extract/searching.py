"""Searching: which records changed, however many did, and how many there are.

Pages are never asked for by position: a record that changes meanwhile would move the others and hide one.
Each search begins where the last one ended, by (modified, id), so neither the ceiling of 10,000 results nor
any number of records in one millisecond stops it.
"""

from collections.abc import Iterator
from typing import Any

from extract.client import Client
from extract.declaration import Limits, Object
from extract.instants import milliseconds

Hit = tuple[str, int]  # id, and when it was modified: milliseconds since 1970
Filter = dict[str, str]
ID = "hs_object_id"


def changed(client: Client, one: Object, limits: Limits, since: int) -> Iterator[Hit]:
    """Records modified at `since` (milliseconds) or later, in order; one that moves meanwhile comes again."""
    seen: set[Hit] = set()
    while True:
        hits = _search(client, one, limits, [_filter(one.modified, "GTE", since)], one.modified)
        fresh = [hit for hit in hits if hit not in seen]
        yield from fresh
        if len(hits) < limits.search_page:
            return
        last = hits[-1][1]
        if last == hits[0][1]:
            seen.update(hits)
            tied = _by_id(client, one, limits, [_filter(one.modified, "EQ", last)])
            yield from (hit for hit in tied if hit not in seen)
            seen, since = set(), last + 1
        else:
            seen, since = {hit for hit in hits if hit[1] == last}, last


def extent(client: Client, one: Object) -> tuple[int, int | None]:
    """How many live records there are, and when the one that changed last was modified (milliseconds)."""
    answer = _ask(client, one, _body(one, [], one.modified, 1, descending=True))
    found = answer["results"]
    return int(answer["total"]), _hit(one, found[0])[1] if found else None


def count(client: Client, one: Object, low: int | None = None, high: int | None = None) -> int:
    """How many live records the CRM says it has, in all or with ids from `low` to `high`, both included."""
    bounds = [(low, "GTE"), (high, "LTE")]
    filters = [_filter(ID, operator, bound) for bound, operator in bounds if bound is not None]
    return int(_ask(client, one, _body(one, filters, one.modified, 1))["total"])


def last_id(client: Client, one: Object) -> int:
    """The highest id of a live record; 0 without any."""
    found = _ask(client, one, _body(one, [], ID, 1, descending=True))["results"]
    return int(found[0]["id"]) if found else 0


def having(client: Client, one: Object, limits: Limits, name: str) -> Iterator[str]:
    """Ids of the records that have a value in a property."""
    has = {"propertyName": name, "operator": "HAS_PROPERTY"}
    yield from (hit[0] for hit in _by_id(client, one, limits, [has]))


def ids_in(client: Client, one: Object, limits: Limits, low: int, high: int) -> Iterator[str]:
    """Ids of the live records from `low` to `high`, both included."""
    yield from (hit[0] for hit in hits_in(client, one, limits, low, high))


def hits_in(client: Client, one: Object, limits: Limits, low: int, high: int | None) -> Iterator[Hit]:
    """The live records from `low` to `high`, both included, in the order of ids; `high` None: to the last."""
    upper = [] if high is None else [_filter(ID, "LTE", high)]
    yield from _by_id(client, one, limits, upper, after=low - 1)


def highest(
    client: Client, one: Object, limits: Limits, low: int, below: int | None
) -> tuple[list[str], int]:
    """The highest ids of live records, a page of them, falling; and how many there are in all.

    From `low`, included, to `below`, not included.
    """
    filters = [_filter(ID, "GTE", low)] + ([] if below is None else [_filter(ID, "LT", below)])
    answer = _ask(client, one, _body(one, filters, ID, limits.search_page, descending=True))
    return [str(record["id"]) for record in answer["results"]], int(answer["total"])


def _by_id(
    client: Client, one: Object, limits: Limits, filters: list[Filter], after: int = -1
) -> Iterator[Hit]:
    while True:
        hits = _search(client, one, limits, [*filters, _filter(ID, "GT", after)], ID)
        yield from hits
        if len(hits) < limits.search_page:
            return
        after = int(hits[-1][0])


def _search(client: Client, one: Object, limits: Limits, filters: list[Filter], sort: str) -> list[Hit]:
    found = _ask(client, one, _body(one, filters, sort, limits.search_page))["results"]
    return [_hit(one, record) for record in found]


def ids_from(client: Client, one: Object, limits: Limits, low: int) -> Iterator[str]:
    """Ids of the live records from `low` on, included."""
    yield from (hit[0] for hit in _by_id(client, one, limits, [], after=low - 1))


def _ask(client: Client, one: Object, body: dict[str, Any]) -> dict[str, Any]:
    return client.post(f"/crm/v3/objects/{one.path}/search", body, search=True)


def _body(
    one: Object, filters: list[Filter], sort: str, limit: int, *, descending: bool = False
) -> dict[str, Any]:
    return {
        "filterGroups": [{"filters": filters}] if filters else [],
        "sorts": [{"propertyName": sort, "direction": "DESCENDING" if descending else "ASCENDING"}],
        "properties": [one.modified],
        "limit": limit,
    }


def _filter(name: str, operator: str, value: str | int) -> Filter:
    return {"propertyName": name, "operator": operator, "value": str(value)}


def _hit(one: Object, record: dict[str, Any]) -> Hit:
    stamp = record["properties"].get(one.modified) or record["updatedAt"]
    return str(record["id"]), milliseconds(stamp)
