"""Whether a sync would be let in: each object, owners and pipelines asked for once, as little as can be."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from errors import CrmUnreadable
from extract import declaration
from extract.clock import crm_time
from extract.faults import Answer, PassingError, refusal
from extract.wire import Request, Wire
from settings import HubSpot

_TOKEN_INFO = "/oauth/v2/private-apps/get/access-token-info"  # noqa: S105 -- a path
LOOK_SECONDS = 15.0


@dataclass(frozen=True)
class Examination:
    """What the CRM let us see.

    `refused`: a sentence for each part that it does not let us read; a run would end with it. `scopes`: what
    the token may do, where the CRM says so. `clock`: the CRM's own, UTC, naive. `quota_of_day`: requests of a
    day, and how many are left.
    """

    refused: tuple[str, ...]
    read: int
    scopes: tuple[str, ...] | None
    clock: datetime | None
    quota_of_day: tuple[int, int] | None


def examine(settings: HubSpot, crm: str) -> Examination:
    """Ask for one record of each object and for all else that a sync begins with; nothing is written.

    Raises:
        CrmUnreadable: the CRM is out of reach, or takes the token for none.
    """
    token = settings.access_token.get_secret_value().strip() if settings.access_token else ""
    refused: list[str] = []
    paths = list(_paths(crm))
    wire = Wire(settings.base_url, token, min(settings.timeout_seconds, LOOK_SECONDS))
    with closing(wire):
        for path, optional in paths:
            answer = _ask(wire, path)
            if answer.status == 401:
                raise refusal(path, answer)
            if not answer.is_success and not (optional and answer.status in (403, 404)):
                refused.append(str(refusal(path, answer)))
        scopes = _scopes(wire, token)
    return Examination(
        tuple(refused), len(paths) - len(refused), scopes, crm_time(answer.headers), _quota(answer)
    )


def _paths(crm: str) -> Iterator[tuple[str, bool]]:
    for one in declaration.load(crm).objects:
        yield f"/crm/v3/properties/{one.path}", one.optional
        yield f"/crm/v3/objects/{one.path}?limit=1", one.optional
        if one.pipelines:
            yield f"/crm/v3/pipelines/{one.path}", one.optional
    yield "/crm/v3/owners?limit=1", False


def _ask(wire: Wire, path: str) -> Answer:
    try:
        return wire.send(Request("GET", path, path))
    except PassingError as fault:
        raise CrmUnreadable(
            f"HubSpot at {wire.base_url} could not be reached ({fault}). "
            "Check the network, HTTPS_PROXY and SOURCES__HUBSPOT__BASE_URL."
        ) from None


def _scopes(wire: Wire, token: str) -> tuple[str, ...] | None:
    """What the token may do; None where the CRM does not say."""
    try:
        answer = wire.send(Request("POST", _TOKEN_INFO, _TOKEN_INFO, orjson.dumps({"tokenKey": token})))
        said: Any = orjson.loads(answer.content)
        return tuple(sorted(map(str, said["scopes"]))) if answer.is_success else None
    except (PassingError, orjson.JSONDecodeError, KeyError, TypeError):
        return None


def _quota(answer: Answer) -> tuple[int, int] | None:
    try:
        prefix = "x-hubspot-ratelimit-daily"
        return int(answer.headers[prefix]), int(answer.headers[f"{prefix}-remaining"])
    except (KeyError, ValueError):
        return None
