"""`/crm/v3/objects`: list, one, batch read."""

from bisect import bisect_right
from operator import attrgetter
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from sandbox.api.answers import Refused, json_answer
from sandbox.api.cursors import from_cursor, to_cursor
from sandbox.api.render import Wanted, render
from sandbox.api.rendered import rendered
from sandbox.api.state import body_of, number_in, portal_of, table_of
from sandbox.records.rows import Row
from sandbox.records.table import Table

MOST, MOST_WITH_HISTORY = 100, 50
_ID = attrgetter("id")


def _asked(request: Request, name: str) -> list[str]:
    """A list in the query: repeated, or separated by commas."""
    return [part for text in request.query_params.getlist(name) for part in text.split(",") if part]


def _wanted(request: Request, object_type: str) -> Wanted:
    names = ("properties", "propertiesWithHistory", "associations")
    return Wanted.of(portal_of(request), object_type, *(_asked(request, name) for name in names))


def _wants_archived(request: Request) -> bool:
    return request.query_params.get("archived", "false").lower() == "true"


async def listing(request: Request) -> Response:
    """`GET /crm/v3/objects/{type}`: pages in the order of ids."""
    object_type, table = table_of(request)
    portal, wanted = portal_of(request), _wanted(request, object_type)
    most = MOST_WITH_HISTORY if wanted.history else MOST
    limit = number_in(request.query_params.get("limit", ""), "limit", most, 10)
    listed = table.archived(portal.now) if _wants_archived(request) else table.live(portal.now)
    start = bisect_right(listed, from_cursor(request.query_params.get("after", "")), key=_ID)
    rows = listed[start : start + limit]
    answer: dict[str, Any] = {"results": rendered(portal, rows, wanted)}
    if start + limit < len(listed):
        after = to_cursor(rows[-1].id)
        answer["paging"] = {"next": {"after": after, "link": _link(request, after)}}
    return json_answer(answer)


def _link(request: Request, after: str) -> str:
    """The same address with another cursor; what else is in it stays as it was written."""
    query = [part for part in request.url.query.split("&") if part and not part.startswith("after=")]
    return str(request.url.replace(query="&".join([*query, f"after={quote(after, safe='')}"])))


async def one(request: Request) -> Response:
    """`GET /crm/v3/objects/{type}/{id}`; contacts can also be asked for by `idProperty=email`."""
    object_type, table = table_of(request)
    portal, asked = portal_of(request), request.path_params["id"]
    id = int(asked) if asked.isdigit() else _with_email(request, table, asked)
    row = _found(table, id, portal.now, archived=_wants_archived(request))
    if row is None:
        raise Refused(404, "resource not found", "OBJECT_NOT_FOUND")
    return json_answer(render(portal, row, _wanted(request, object_type)))


async def batch_read(request: Request) -> Response:
    """`POST /crm/v3/objects/{type}/batch/read`: 207 when some are missing."""
    object_type, table = table_of(request)
    portal, body = portal_of(request), await body_of(request)
    wanted = Wanted.of(portal, object_type, _names(body, "properties"), _names(body, "propertiesWithHistory"))
    ids = _ids(body, MOST_WITH_HISTORY if wanted.history else MOST)
    archived = _wants_archived(request)
    found = {id: _found(table, id, portal.now, archived=archived) for id in ids}
    rows = list({row.id: row for row in found.values() if row is not None}.values())
    stamp = {"startedAt": "2026-01-01T00:00:00Z", "completedAt": "2026-01-01T00:00:00Z"}
    answer = {"status": "COMPLETE", "results": rendered(portal, rows, wanted), **stamp}
    missing = [str(id) for id, row in found.items() if row is None]
    if not missing:
        return json_answer(answer)
    error = {
        "status": "error",
        "category": "OBJECT_NOT_FOUND",
        "message": f"Could not get some {object_type} objects, they may be deleted or not exist.",
        "context": {"ids": missing},
    }
    return json_answer(answer | {"numErrors": 1, "errors": [error]}, 207)


def _found(table: Table, id: int, now: int, *, archived: bool) -> Row | None:
    """A live record, or one from the archive; the id of a merged one finds whom it became."""
    row = table.final(id, now)
    return row if row is not None and row.state(now) == ("archived" if archived else "live") else None


def _with_email(request: Request, table: Table, asked: str) -> int:
    """The id of the live contact with this address, if that is what is asked for; 0 for none."""
    if request.query_params.get("idProperty") != "email":
        return 0
    now = portal_of(request).now
    return next((row.id for row in table.live(now) if row.properties(now).get("email") == asked), 0)


def _names(body: dict[str, Any], key: str) -> list[str]:
    names = body.get(key) or []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise Refused(400, f"{key} must be a list of names")
    return names


def _ids(body: dict[str, Any], most: int) -> list[int]:
    inputs = body.get("inputs")
    if not isinstance(inputs, list):
        raise Refused(400, "Some required fields were not set: [inputs]")
    if len(inputs) > most:
        raise Refused(400, f"The maximum number of inputs supported in a batch request is {most}")
    ids = [str(entry.get("id", "")) if isinstance(entry, dict) else "" for entry in inputs]
    if not all(id.isdigit() for id in ids):
        raise Refused(400, "Every input needs a numeric id")
    return [int(id) for id in ids]
