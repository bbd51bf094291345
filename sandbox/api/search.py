"""`POST /crm/v3/objects/{type}/search`: filter groups, one sort, a ceiling of 10,000 results."""

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.api.answers import Refused, json_answer
from sandbox.api.filters import Test, id_range, matches, modified_range, read_groups
from sandbox.api.render import Wanted, render
from sandbox.api.state import body_of, portal_of, table_of
from sandbox.records.catalogue import Fields
from sandbox.records.rows import Row
from sandbox.records.table import Table

CEILING, MOST, LONGEST = 10_000, 200, 3_000
_ID = attrgetter("id")


async def search(request: Request) -> Response:
    """Never archived records; `total` counts all that match."""
    object_type, table = table_of(request)
    portal, body = portal_of(request), await body_of(request)
    if len(await request.body()) > LONGEST:
        raise Refused(400, f"The request body must not be longer than {LONGEST} characters")
    limit, after = _page(body)
    groups = read_groups(body, portal.fields(object_type))
    wanted = Wanted.of(portal, object_type, body.get("properties") or ())
    now = portal.indexed_at
    name, descending = _sort(body, portal.fields(object_type))
    found = _sorted(_found(table, groups, now), name, descending, now)
    answer: dict[str, Any] = {"total": len(found), "results": []}
    answer["results"] = [
        render(portal, row, wanted, portal.indexed_at) for row in found[after : after + limit]
    ]
    if after + limit < len(found):
        answer["paging"] = {"next": {"after": str(after + limit)}}
    return json_answer(answer)


def _page(body: dict[str, Any]) -> tuple[int, int]:
    limit, after = str(body.get("limit", 10)), str(body.get("after") or 0)
    if not (limit.isdigit() and 0 < int(limit) <= MOST):
        raise Refused(400, f"limit must be between 1 and {MOST}, and was {limit}")
    if not after.isdigit() or int(after) + int(limit) > CEILING:
        raise Refused(
            400, f"The offset and limit reach beyond the {CEILING} results that a search can page through"
        )
    return int(limit), int(after)


def _found(table: Table, groups: list[list[Test]], now: int) -> list[Row]:
    if not groups:
        return table.live(now)
    found: dict[int, Row] = {}
    for group in groups:
        for row, rest in _candidates(table, group, now):
            if row.id not in found and matches(row, rest, now):
                found[row.id] = row
    return list(found.values())


def _candidates(table: Table, group: list[Test], now: int) -> list[tuple[Row, list[Test]]]:
    """The rows that one group may match, by the narrower of two indexes, with the tests that are left."""
    (first, last), rest_by_id = id_range(group)
    by_time, rest_by_time = modified_range(group)
    live = table.live(now)
    low, high = bisect_left(live, first, key=_ID), bisect_right(live, last, key=_ID)
    if by_time is None or high - low < 200:
        return [(row, rest_by_id) for row in live[low:high]]
    recent = table.modified_between(*by_time, now)
    return [(table.by_id[id], rest_by_time) for id in recent]


def _sorted(rows: list[Row], name: str, descending: bool, now: int) -> list[Row]:
    if name == "hs_object_id":
        return sorted(rows, key=_ID, reverse=descending)
    if rows and name == rows[0].modified:
        return sorted(rows, key=lambda row: (row.modified_at(now), row.id), reverse=descending)
    if name in {"createdate", "hs_createdate"}:
        return sorted(rows, key=lambda row: (row.created, row.id), reverse=descending)
    return sorted(rows, key=lambda row: (row.properties(now).get(name) or "", row.id), reverse=descending)


def _sort(body: dict[str, Any], fields: Fields) -> tuple[str, bool]:
    sorts = body.get("sorts") or ["hs_object_id"]
    if not isinstance(sorts, list) or len(sorts) > 1:
        raise Refused(400, "Only one sort is allowed")
    sort = sorts[0]
    if isinstance(sort, str):
        name, descending = sort.removeprefix("-"), sort.startswith("-")
    elif isinstance(sort, dict):
        name, descending = str(sort.get("propertyName")), sort.get("direction") == "DESCENDING"
    else:
        raise Refused(400, "A sort is a property name, or a propertyName with a direction")
    if name not in fields:
        raise Refused(400, f"There was a problem with the request: no property '{name}' to sort by")
    return name, descending
