"""What every route works on: the company, its clock, its limits, its troubles."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import orjson
from starlette.requests import Request

from sandbox.api.answers import Refused
from sandbox.audience.mail import Sent, sent_by
from sandbox.audience.website import Traffic, traffic
from sandbox.company import Company
from sandbox.crm import Crm, Table
from sandbox.edits.census import Census
from sandbox.edits.desk import Desk
from sandbox.faults import Faults
from sandbox.instants import DEFAULT_NOW
from sandbox.limits import Limiter, Quota
from sandbox.plot.world import World
from sandbox.records.catalogue import Fields
from sandbox.records.kinds import TYPE_IDS
from sandbox.records.trainings import NAME

TOKEN = "pat-sandbox"  # noqa: S105
T = TypeVar("T")
PORTAL_ID = 4_221_107
_OTHER_NAMES = {number: name for name, number in TYPE_IDS.items()} | {f"p{PORTAL_ID}_{NAME}": "trainings"}
_HIDDEN_NAMES = {
    "trainings"
}  # a custom object goes by its number, or by its name with the portal's before it


@dataclass
class Portal:
    """One running sandbox. `tokens`: each valid token and the scopes it lacks. `latency` in seconds.

    `search_lag` in milliseconds: search shows the portal as it was that long ago.
    """

    company: Company
    now: int = DEFAULT_NOW
    limiter: Limiter = field(default_factory=lambda: Limiter(Quota()))
    faults: Faults = field(default_factory=Faults)
    tokens: dict[str, frozenset[str]] = field(default_factory=lambda: {TOKEN: frozenset()})
    latency: float = 0.0
    associations_per_page: int = 500
    search_lag: int = 0
    requests: Counter[str] = field(default_factory=Counter)
    _audience: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    @property
    def crm(self) -> Crm:
        """The records, of all times: every read says as of when."""
        return self.company.crm

    @property
    def desk(self) -> Desk:
        """Where records are edited, at the clock's instant unless another is given."""
        return self.company.desk(lambda: self.now)

    def truth_of_records(self) -> Census:
        """Exactly what the CRM holds now, edits included: what a copy of it must equal."""
        return self.company.census(self.now)

    def traffic(self) -> Traffic:
        """Visits to the website until now."""
        return self._known("traffic", traffic)

    def mailings(self) -> list[Sent]:
        """Marketing's emails that were sent until now."""
        return self._known("mailings", sent_by)

    def _known(self, what: str, work_out: Callable[[World, int], T]) -> T:
        key = (what, self.now, self.company)
        if self._audience.get(what, ((), None))[0] != key:
            self._audience[what] = (key, work_out(self.company.story, self.now))
        found: T = self._audience[what][1]
        return found

    @property
    def indexed_at(self) -> int:
        """The instant that search shows."""
        return self.now - self.search_lag

    def fields(self, object_type: str) -> Fields:
        """The object's property definitions now, by name."""
        return self.crm.catalogue.fields(object_type, self.now)

    async def delay(self) -> None:
        """Let the injected latency pass."""
        if self.latency > 0:
            await asyncio.sleep(self.latency)


def portal_of(request: Request) -> Portal:
    """The sandbox that answers this request."""
    portal: Portal = request.app.state.portal
    return portal


def table_of(request: Request, name: str = "type") -> tuple[str, Table]:
    """The object type in the path and its records.

    Raises:
        Refused: 404, the portal has no such type.
    """
    asked = request.path_params[name]
    tables = portal_of(request).crm.tables
    object_type = object_type_of(asked)
    if object_type not in tables:
        raise Refused(404, f"Unable to infer object type from: {asked}", "OBJECT_NOT_FOUND")
    return object_type, tables[object_type]


def object_type_of(asked: str) -> str:
    """Our name of an object type that is asked for by name or number; "" for none of the portal's."""
    return _OTHER_NAMES.get(asked, "" if asked in _HIDDEN_NAMES else asked)


async def body_of(request: Request) -> dict[str, Any]:
    """The JSON object in the body.

    Raises:
        Refused: 400, it is not one.
    """
    try:
        content = orjson.loads(await request.body())
    except orjson.JSONDecodeError:
        raise Refused(400, "Invalid input JSON on line 1, column 1: Unexpected character") from None
    if not isinstance(content, dict):
        raise Refused(400, "Invalid input JSON: an object was expected")
    return content


def number_in(text: str, name: str, most: int, default: int) -> int:
    """A positive number from a query or body.

    Raises:
        Refused: 400, it is none or too large.
    """
    if text == "":
        return default
    if not text.isdigit() or int(text) < 1:
        raise Refused(400, f"{name} must be a positive integer, and was '{text}'")
    if int(text) > most:
        raise Refused(400, f"{name} must be at most {most}, and was {text}")
    return int(text)
