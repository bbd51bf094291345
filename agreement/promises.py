"""What was signed, by version: rules, commitments, waivers."""

from datetime import date
from decimal import Decimal

from pydantic import Field

from agreement.condition import Condition
from agreement.part import Part
from agreement.quantities import Amount, Duration, Share
from agreement.words import ClockStart, Counted, Department, Judged, Measure, Period, Severity


class Rule(Part):
    """A definition's condition. `tolerance`: share of the leads judged that may break it first."""

    rule: str
    must: Condition
    because: str | None = None
    department: Department
    severity: Severity = "warning"
    tolerance: Share = Decimal(0)
    quarantine: bool = False
    judge: Judged = "present"


class Commitment(Part):
    """What one party promises. Exactly one measure is set; `measure` names it.

    `targets`: per slice (`all`, `segment=x`, ...) either one number or one for each period ("2026-10").
    """

    commitment: str
    department: Department
    measure: Measure
    per: Period = "month"
    stage: str | None = None
    count: Counted = "leads"
    where: Condition | None = None
    within: Duration | None = None
    clock_starts: ClockStart = "handoff"
    attempts: int | None = None
    across_days: int | None = None
    share: Share | None = None
    targets: dict[str, Amount | dict[str, Amount]] = Field(default_factory=dict)


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
