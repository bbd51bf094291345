"""The agreement as objects: what marketing and sales signed (DESIGN, "The agreement")."""

from datetime import date, time
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from agreement.condition import Condition
from agreement.quantities import Duration, Share

Department = Literal["marketing", "sales", "operations", "shared"]
Period = Literal["week", "month", "quarter", "year"]
ColumnType = Literal["string", "integer", "number", "boolean", "date", "datetime"]
Medium = Literal["call", "email", "text", "meeting", "video_call", "social"]
Treatment = Literal["keep", "hash", "drop"]
Measure = Literal[
    "deliver",
    "deliver_value",
    "accepted",
    "respond",
    "follow_up",
    "decide",
    "convert",
    "convert_value",
    "assign",
]


class Part(BaseModel):
    """Any part of the agreement: immutable, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Calendar(Part):
    """Open hours on local days. `timezone` None: the agreement's. `holidays`: AU-QLD, NZ, ... or None."""

    days: tuple[str, ...]
    open: time
    close: time
    holidays: str | None = None
    timezone: str | None = None


class OwnerRef(Part):
    """`team:NZ Sales` or `owner:kiri@example.com`."""

    scope: Literal["team", "owner"]
    name: str


class Column(Part):
    """A CRM property that leads carry: of the contact, or of the primary company (`company.x`)."""

    of: Literal["contact", "company"]
    property: str
    type: ColumnType


class Sources(Part):
    """Where leads come from: a contact property, and the names its values get (others: lower case)."""

    property: str = "hs_analytics_source"
    map: dict[str, str] = {}


class Stage(Part):
    """A step of the funnel; `values` are the CRM's lifecycle values that mean it."""

    stage: str
    values: tuple[str, ...]


class Verdict(Part):
    """How a verdict shows in the CRM: reaching a stage, or one of these lead statuses."""

    stage: str | None = None
    lead_status: tuple[str, ...] = ()


class Verdicts(Part):
    """What sales says to a handoff. `reason`: the contact property that says why."""

    accepted: Verdict
    rejected: Verdict = Verdict()
    recycled: Verdict = Verdict()
    reason: str | None = None


class Segment(Part):
    """First match wins."""

    segment: str
    where: Condition


class LeadType(Part):
    """First match wins."""

    lead_type: str
    where: Condition


class Exclusion(Part):
    """Leads that count nowhere, and why."""

    where: Condition
    because: str


class Touches(Part):
    """What counts as sales reaching out."""

    media: tuple[Medium, ...] = ("call", "email", "text", "meeting", "video_call", "social")
    automatic_email: bool = False
    duplicates_within: Duration | None = None
    late_log_after: Duration | None = None


class Privacy(Part):
    """What happens to personal columns in whatever is published."""

    email: Treatment = "keep"
    phone: Treatment = "keep"


class Rule(Part):
    """A definition's condition. `tolerance`: share of the leads judged that may break it first."""

    rule: str
    must: Condition
    because: str | None = None
    department: Department
    severity: Literal["critical", "warning"] = "warning"
    tolerance: Share = Decimal(0)
    quarantine: bool = False
    judge: Literal["present", "entry"] = "present"


class Commitment(Part):
    """What one party promises. Exactly one measure is set; `measure` names it.

    `targets`: per slice (`all`, `segment=x`, ...) either one number or one for each period ("2026-10").
    """

    commitment: str
    department: Department
    measure: Literal[
        "deliver",
        "deliver_value",
        "accepted",
        "respond",
        "follow_up",
        "decide",
        "convert",
        "convert_value",
        "assign",
    ]
    per: Period = "month"
    stage: str | None = None
    count: Literal["leads", "companies"] = "leads"
    where: Condition | None = None
    within: Duration | None = None
    clock_starts: Literal["handoff", "assignment"] = "handoff"
    attempts: int | None = None
    across_days: int | None = None
    share: Share | None = None
    targets: dict[str, Decimal | dict[str, Decimal]] = Field(default_factory=dict)


class Waiver(Part):
    """A rule waived for a lead, or a commitment for a slice. Days are local and inclusive."""

    rule: str | None = None
    commitment: str | None = None
    lead: str | None = None
    team: str | None = None
    owner: str | None = None
    segment: str | None = None
    from_: date | None = None
    until: date
    reason: str


class Version(Part):
    """What holds from a local day on, until the next version takes effect."""

    version: str
    effective_from: date
    signed: dict[str, str]
    definitions: dict[str, tuple[Rule, ...]]
    commitments: tuple[Commitment, ...]
    waivers: tuple[Waiver, ...]


class Agreement(Part):
    """The whole file. `versions` are in order of effect; every optional part has its plainest reading."""

    crm: str
    company: str
    timezone: str
    currency: str
    calendars: dict[str, Calendar]
    owner_calendars: dict[str, tuple[OwnerRef, ...]]
    departments: dict[str, tuple[OwnerRef, ...]]
    unassigned_owners: tuple[OwnerRef, ...]
    columns: dict[str, Column]
    sources: Sources
    stages: tuple[Stage, ...]
    verdicts: Verdicts
    segments: tuple[Segment, ...]
    lead_types: tuple[LeadType, ...]
    exclude: tuple[Exclusion, ...]
    touches: Touches
    privacy: Privacy
    mature_after_days: int
    spend_file: str | None
    versions: tuple[Version, ...]
