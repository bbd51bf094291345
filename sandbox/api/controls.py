"""`/sandbox`: the strings behind the stage. No part of HubSpot's API, so no token is asked for."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.api.answers import Refused, json_answer
from sandbox.api.state import body_of, portal_of
from sandbox.instants import from_iso, to_iso
from sandbox.limits import Quota


async def now(request: Request) -> Response:
    """`POST /sandbox/now {"now": "2026-11-25T20:00:00Z"}` moves the company's clock; `GET` tells it."""
    portal = portal_of(request)
    if request.method == "POST":
        try:
            portal.now = from_iso(str((await body_of(request)).get("now")))
        except ValueError:
            raise Refused(400, "now must be an instant like 2026-11-25T20:00:00Z") from None
    return json_answer({"now": to_iso(portal.now)})


async def faults(request: Request) -> Response:
    """`POST /sandbox/faults {"kind": "500", "rate": 0.1, "path": "search"}`, see `Faults.add`; `DELETE`."""
    portal = portal_of(request)
    if request.method == "DELETE":
        portal.faults.clear()
        return json_answer({"faults": "none"})
    body = await body_of(request)
    try:
        portal.faults.add(str(body.pop("kind", "")), **body)
    except (TypeError, ValueError) as error:
        raise Refused(400, str(error)) from None
    return json_answer({"faults": "added"})


async def requests(request: Request) -> Response:
    """`GET /sandbox/requests`: how many by route; `DELETE` starts again from nothing."""
    portal = portal_of(request)
    if request.method == "DELETE":
        portal.requests.clear()
    return json_answer({"total": portal.requests.total(), "routes": dict(sorted(portal.requests.items()))})


async def edits(request: Request) -> Response:
    """`POST /sandbox/edits {"edit": "archive", "object_type": "contacts", "id": 70000000001}`, see `Desk`.

    An `at` is an instant as HubSpot writes it; the two ends of an association are `[type, id]`.
    """
    body = await body_of(request)
    edit = getattr(portal_of(request).desk, str(body.pop("edit", None)), None)
    if edit is None or edit.__name__.startswith("_"):
        raise Refused(400, "There is no such edit")
    try:
        if "at" in body:
            body["at"] = from_iso(str(body["at"]))
        return json_answer({"edited": edit(**body)})
    except (LookupError, TypeError, ValueError) as error:
        raise Refused(400, str(error)) from None


async def limits(request: Request) -> Response:
    """`POST /sandbox/limits {"per_window": 190, "per_day": 0, "latency": 0.1, "search_lag": 30}`: seconds."""
    portal = portal_of(request)
    body: dict[str, Any] = await body_of(request)
    try:
        portal.latency = float(body.pop("latency", portal.latency))
        portal.search_lag = int(1000 * float(body.pop("search_lag", portal.search_lag / 1000)))
        portal.limiter.quota = Quota(**{name: int(value) for name, value in body.items()})
    except (TypeError, ValueError) as error:
        raise Refused(400, str(error)) from None
    return json_answer({"limits": "set"})
