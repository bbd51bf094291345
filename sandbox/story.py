"""What a story is made of. All instants are milliseconds, UTC; every list is in the order of events.

A story says what happened, in the company's words; `sandbox.records` says how a CRM shows it.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from sandbox.staff import Owner

if TYPE_CHECKING:
    from sandbox.sidelines import Pursuit, Survey, Training

STAGES = (
    "contact",
    "lead",
    "marketing_qualified_lead",
    "sales_qualified_lead",
    "opportunity",
    "customer",
    "promoter",
)
CONTACT, LEAD, MQL, SQL, OPPORTUNITY, CUSTOMER, PROMOTER = range(7)


class Move(NamedTuple):
    """A lead enters the stage of rank `stage`; `by` None: an automation did it."""

    at: int
    stage: int
    by: Owner | None


class Noise(NamedTuple):
    """A value of the lifecycle property that changes no stage: unlisted, a repeat, a synonym."""

    at: int
    value: str


class Status(NamedTuple):
    """Somebody set the lead status to the CRM's `value`."""

    at: int
    value: str
    by: Owner | None


class Assignment(NamedTuple):
    """The lead became `owner`'s; None: nobody's."""

    at: int
    owner: Owner | None
    by: Owner | None


class Dated(NamedTuple):
    """A plain fact that holds from `at` on."""

    at: int
    value: str


@dataclass(slots=True, eq=False)
class Firm:
    """A company that leads work for. `employees` is what the CRM came to know, and when.

    `guests` are leads that have it as their second company.
    """

    created_at: int
    name: str
    domain: str
    industry: str
    country: str | None
    employees: list[Dated]
    owner: Owner | None = None
    id: int = 0
    leads: list["Lead"] = field(default_factory=list)
    guests: list["Lead"] = field(default_factory=list)
    deals: list["Deal"] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Deal:
    """`amounts` are cents of `currency`; `closed_at` may lie in the future; `leads[0]` made the deal."""

    created_at: int
    name: str
    pipeline: str
    currency: str
    owner: Owner | None
    leads: list["Lead"]
    firm: Firm | None
    stages: list[Dated]
    amounts: list[tuple[int, int]]
    closed_at: int
    won: bool
    expected_at: int
    id: int = 0


@dataclass(slots=True, eq=False)
class Engagement:
    """Something on a lead's timeline. `medium` is set when it is one person of sales reaching out.

    `at` is when it takes place, `logged_at` when the CRM learnt of it. `outcomes` are a meeting's.
    """

    kind: str
    at: int
    logged_at: int
    owner: Owner | None
    leads: list["Lead"]
    medium: str | None
    details: dict[str, str]
    outcomes: list[Dated]
    self_booked: bool = False
    id: int = 0


@dataclass(slots=True, eq=False)
class Lead:
    """One person's whole life with the company."""

    number: int
    created_at: int
    first_name: str
    last_name: str
    email: str | None
    phone: str | None
    job_title: str | None
    country: str | None
    source: str
    source_detail: str
    firm: Firm | None
    is_staff: bool
    id: int = 0
    second_firm: Firm | None = None
    referred_by: "Lead | None" = None
    first_value: str | None = None
    intents: list[Dated] = field(default_factory=list)
    scores: list[Dated] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    noise: list[Noise] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=list)
    owners: list[Assignment] = field(default_factory=list)
    reasons: list[Dated] = field(default_factory=list)
    engagements: list[Engagement] = field(default_factory=list)
    deals: list[Deal] = field(default_factory=list)
    surveys: "tuple[Survey, ...]" = ()
    pursuits: "tuple[Pursuit, ...]" = ()
    trainings: "tuple[Training, ...]" = ()
