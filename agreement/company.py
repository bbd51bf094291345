"""The parts of the agreement that hold whatever the version: calendars, owners, columns, stages, segments."""

from datetime import time
from typing import Literal

from pydantic import Field

from agreement.condition import Condition
from agreement.part import Part
from agreement.quantities import Duration
from agreement.words import MEDIA, ColumnType, Medium, Treatment

DAY_MINUTES = 24 * 60


class Calendar(Part):
    """Open hours on local days. `timezone` None: the agreement's. `holidays`: AU-QLD, NZ, ... or None.

    A `close` of midnight is the end of the day: `open` 00:00 with `close` 00:00 is round the clock.
    """

    days: tuple[str, ...]
    open: time
    close: time
    holidays: str | None = None
    timezone: str | None = None

    @property
    def open_minutes(self) -> int:
        """How many minutes a day is open: what one business day holds (ruling 14)."""
        opens, closes = (at.hour * 60 + at.minute for at in (self.open, self.close))
        return (closes or DAY_MINUTES) - opens


class OwnerRef(Part):
    """`team:NZ Sales` or `owner:kiri@example.com`."""

    scope: Literal["team", "owner"]
    name: str

    def __str__(self) -> str:
        """As the agreement writes it."""
        return f"{self.scope}:{self.name}"


class Column(Part):
    """A CRM property that leads carry: of the contact, or of the primary company (`company.x`)."""

    of: Literal["contact", "company"]
    property: str
    type: ColumnType


class Sources(Part):
    """Where leads come from: a contact property, and the names its values get (others: lower case)."""

    property: str = "hs_analytics_source"
    map: dict[str, str] = Field(default_factory=dict)


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

    accepted: Verdict = Verdict.model_construct()
    rejected: Verdict = Verdict.model_construct()
    recycled: Verdict = Verdict.model_construct()
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

    media: tuple[Medium, ...] = MEDIA  # type: ignore[assignment]  # the same words, as a tuple of str
    automatic_email: bool = False
    duplicates_within: Duration | None = None
    late_log_after: Duration | None = None


class Privacy(Part):
    """What happens to personal columns in whatever is published."""

    email: Treatment = "keep"
    phone: Treatment = "keep"
