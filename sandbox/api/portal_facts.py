"""What a portal says about itself: properties, pipelines, owners, account, usage."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.api.answers import Refused, json_answer
from sandbox.api.cursors import from_cursor, to_cursor
from sandbox.api.state import PORTAL_ID, body_of, number_in, portal_of, table_of
from sandbox.instants import to_iso
from sandbox.records.pipelines import PIPELINES, Step
from sandbox.records.pursuits import PIPELINE
from sandbox.records.schema import definition
from sandbox.staff import OWNERS, Owner, Team

SCOPES = (
    "account-info.security.read",
    "business-intelligence",
    "content",
    *(
        f"crm.{family}.{name}.read"
        for family in ("objects", "schemas")
        for name in ("companies", "contacts", "custom", "deals", "leads", "owners")
    ),
)
_LEAD_STEPS = (
    ("new-stage-id", "New"),
    ("attempting-stage-id", "Attempting"),
    ("connected-stage-id", "Connected"),
    ("qualified-stage-id", "Qualified"),
    ("unqualified-stage-id", "Disqualified"),
)


async def properties(request: Request) -> Response:
    """`GET /crm/v3/properties/{type}`."""
    object_type, _ = table_of(request)
    fields = portal_of(request).fields(object_type)
    return json_answer({"results": [definition(field) for field in fields.values()]})


async def pipelines(request: Request) -> Response:
    """`GET /crm/v3/pipelines/{type}`: deals and leads have them here."""
    object_type, _ = table_of(request)
    listed = [_pipeline(n, id) for n, id in enumerate(PIPELINES)] if object_type == "deals" else []
    return json_answer({"results": [_lead_pipeline()] if object_type == "leads" else listed})


async def owners(request: Request) -> Response:
    """`GET /crm/v3/owners`: `archived=true` shows the ones who left, and only them."""
    portal = portal_of(request)
    wants_archived = request.query_params.get("archived", "false").lower() == "true"
    limit = number_in(request.query_params.get("limit", ""), "limit", 500, 100)
    start = from_cursor(request.query_params.get("after", ""))
    listed = [owner for owner in OWNERS if _has_left(owner, portal.now) == wants_archived]
    listed.sort(key=lambda owner: int(owner.id))
    rest = [owner for owner in listed if int(owner.id) > start]
    answer: dict[str, Any] = {"results": [_owner(owner, portal.now) for owner in rest[:limit]]}
    if len(rest) > limit:
        answer["paging"] = {"next": {"after": to_cursor(int(rest[limit - 1].id))}}
    return json_answer(answer)


async def account(request: Request) -> Response:
    """`GET /account-info/v3/details`."""
    facts = {"portalId": PORTAL_ID, "accountType": "STANDARD", "timeZone": "Australia/Brisbane"}
    money = {"companyCurrency": "AUD", "additionalCurrencies": ["NZD"]}
    place = {"utcOffset": "+10:00", "utcOffsetMilliseconds": 36_000_000, "uiDomain": "app.hubspot.com"}
    return json_answer(facts | money | place | {"dataHostingLocation": "ap1"})


async def token_info(request: Request) -> Response:
    """`POST /oauth/v2/private-apps/get/access-token-info {"tokenKey": "pat-..."}`: what a token may do."""
    tokens = portal_of(request).tokens
    token = str((await body_of(request)).get("tokenKey"))
    if token not in tokens:
        raise Refused(404, "There is no such token", "OBJECT_NOT_FOUND")
    scopes = [scope for scope in SCOPES if scope not in tokens[token]]
    return json_answer({"userId": 1, "hubId": PORTAL_ID, "appId": 1, "scopes": scopes})


async def daily_usage(request: Request) -> Response:
    """`GET /account-info/v3/api-usage/daily/private-apps`."""
    limiter = portal_of(request).limiter
    usage = {
        "name": "private-apps-api-calls-daily",
        "usageLimit": limiter.quota.per_day,
        "currentUsage": limiter.used_today,
        "collectedAt": to_iso(portal_of(request).now),
        "fetchStatus": "SUCCESS",
    }
    return json_answer({"results": [usage]})


def _has_left(owner: Owner, now: int) -> bool:
    return owner.left_at is not None and owner.left_at <= now


def _owner(owner: Owner, now: int) -> dict[str, Any]:
    gone = _has_left(owner, now)
    changed_at = owner.left_at if gone and owner.left_at is not None else owner.created_at
    shown: dict[str, Any] = {
        "id": owner.id,
        "email": owner.email,
        "type": "PERSON",
        "firstName": owner.first_name,
        "lastName": owner.last_name,
        "userId": None if gone else int(owner.user_id),
        "userIdIncludingInactive": int(owner.user_id),
        "createdAt": to_iso(owner.created_at),
        "updatedAt": to_iso(changed_at),
        "archived": gone,
    }
    return shown | ({"teams": [_team(owner.team)]} if owner.team else {})


def _team(team: Team) -> dict[str, Any]:
    return {"id": team.id, "name": team.name, "primary": True}


def _pipeline(order: int, id: str) -> dict[str, Any]:
    label, steps = PIPELINES[id]
    stages = [_step(n, step) for n, step in enumerate(steps)]
    return {"id": id, "label": label, "displayOrder": order, "stages": stages, "archived": False}


def _lead_pipeline() -> dict[str, Any]:
    stages = [
        {"id": id, "label": label, "displayOrder": n, "metadata": {}, "archived": False}
        for n, (id, label) in enumerate(_LEAD_STEPS)
    ]
    return {"id": PIPELINE, "label": "Lead pipeline", "displayOrder": 0, "stages": stages, "archived": False}


def _step(order: int, step: Step) -> dict[str, Any]:
    metadata = {"isClosed": str(step.is_closed).lower(), "probability": step.probability}
    return {
        "id": step.id,
        "label": step.label,
        "displayOrder": order,
        "metadata": metadata,
        "archived": False,
    }
