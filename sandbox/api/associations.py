"""`POST /crm/v4/associations/{from}/{to}/batch/read`: up to 1,000 ids, each paged on its own."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.api.answers import Refused, json_answer
from sandbox.api.cursors import from_cursor, to_cursor
from sandbox.api.state import Portal, body_of, portal_of, table_of
from sandbox.records.links import Link, type_ids
from sandbox.records.rows import Row

MOST = 1_000


async def batch_read(request: Request) -> Response:
    """Records that are missing, or have no such association, are named as errors and make it a 207."""
    source, table = table_of(request, "source")
    target, _ = table_of(request, "target")
    if type_ids(source, target) is None:
        raise Refused(400, f"No association type exists between {source} and {target}")
    portal, inputs = portal_of(request), _inputs(await body_of(request))
    found = [
        _found(portal, table.get(int(entry["id"]), portal.now), (source, target), entry) for entry in inputs
    ]
    stamp = {"startedAt": "2026-01-01T00:00:00Z", "completedAt": "2026-01-01T00:00:00Z"}
    answer: dict[str, Any] = {"status": "COMPLETE", "results": [each for each in found if each], **stamp}
    lacking = [entry["id"] for entry, each in zip(inputs, found, strict=True) if not each]
    if not lacking:
        return json_answer(answer)
    errors = [_nothing(id, source, target) for id in lacking]
    return json_answer(answer | {"numErrors": len(errors), "errors": errors}, 207)


def _found(portal: Portal, row: Row | None, pair: tuple[str, str], entry: dict[str, Any]) -> dict[str, Any]:
    """One record's page of associations; empty when there is nothing to show."""
    start = from_cursor(str(entry.get("after") or ""))
    listed = portal.crm.graph.of(pair[0], row, pair[1], portal.now) if row else []
    rest = [link for link in listed if link.to_id > start]
    if row is None or not rest:
        return {}
    page = rest[: portal.associations_per_page]
    shown: dict[str, Any] = {"from": {"id": str(row.id)}, "to": [_link(link, pair) for link in page]}
    if len(rest) > len(page):
        shown["paging"] = {"next": {"after": to_cursor(page[-1].to_id), "link": "?after"}}
    return shown


def _link(link: Link, pair: tuple[str, str]) -> dict[str, Any]:
    plain, primary = type_ids(*pair) or (0, None)
    category = "USER_DEFINED" if "trainings" in pair else "HUBSPOT_DEFINED"
    types: list[dict[str, Any]] = [{"category": category, "typeId": plain, "label": None}]
    if link.is_primary and primary is not None:
        types.insert(0, {"category": "HUBSPOT_DEFINED", "typeId": primary, "label": "Primary"})
    return {"toObjectId": link.to_id, "associationTypes": types}


def _inputs(body: dict[str, Any]) -> list[dict[str, Any]]:
    inputs = body.get("inputs")
    if not isinstance(inputs, list) or not inputs:
        raise Refused(400, "Some required fields were not set: [inputs]")
    if len(inputs) > MOST:
        raise Refused(400, f"The maximum number of inputs supported in a batch request is {MOST}")
    if not all(isinstance(entry, dict) and str(entry.get("id", "")).isdigit() for entry in inputs):
        raise Refused(400, "Every input needs a numeric id")
    return inputs


def _nothing(id: Any, source: str, target: str) -> dict[str, Any]:
    return {
        "status": "error",
        "category": "OBJECT_NOT_FOUND",
        "subCategory": "crm.associations.NO_ASSOCIATIONS_FOUND",
        "message": f"No {target} are associated with {source} {id}.",
        "context": {"fromObjectId": [str(id)]},
    }
