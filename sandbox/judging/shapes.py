"""The shapes of the truth. Instants are naive UTC datetimes, as the warehouse holds them; ids are text."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class LeadTruth:
    """One lead. `became_at`: first entry into each stage (an actual entry, no jump counts).

    `reached_at`: first entry into the stage or a later one. `broken_rules`: of the version that judges it;
    empty for excluded leads, which nothing judges.
    """

    lead_id: str
    stage: str
    stage_since: datetime
    owner_id: str | None
    segment: str | None
    lead_type: str | None
    source: str
    country: str | None
    company_id: str | None
    company_name: str | None
    employees: int | None
    lead_score: Decimal
    intent: str
    lead_status: str | None
    email: str | None
    phone: str | None
    referred_by: str | None
    created_at: datetime
    excluded_because: str | None
    broken_rules: tuple[str, ...]
    became_at: dict[str, datetime]
    reached_at: dict[str, datetime]


@dataclass(frozen=True, slots=True)
class StageEntry:
    """One stay in a stage. `changed_by`: an owner's id, or None when no person did it."""

    lead_id: str
    stage: str
    entered_at: datetime
    exited_at: datetime | None
    direction: str
    skipped_stages: int
    changed_by: str | None


@dataclass(frozen=True, slots=True)
class HandoffTruth:
    """One handoff. Minutes are open ones, unrounded. Excluded leads' handoffs are here too, and say so.

    `verdict_reason` is what the CRM can still tell: it keeps one reason, that of the last time a lead was
    turned down.
    """

    lead_id: str
    handed_off_at: datetime
    agreement_version: str | None
    is_excluded: bool
    segment: str | None
    source: str
    lead_type: str | None
    assigned_at: datetime | None
    routing_minutes: float | None
    routing_status: str | None
    owner_id: str | None
    accountable_owner_id: str | None
    response_commitment: str | None
    response_due_at: datetime | None
    first_touch_at: datetime | None
    first_touch_medium: str | None
    response_minutes: float | None
    response_status: str | None
    attempts: int
    follow_up_status: str | None
    verdict: str
    verdict_at: datetime | None
    verdict_by: str | None
    verdict_reason: str | None
    verdict_status: str | None
    opportunity_at: datetime | None
    customer_at: datetime | None


@dataclass(frozen=True, slots=True)
class TouchTruth:
    """One engagement as a touch of one lead."""

    engagement_type: str
    engagement_id: str
    lead_id: str
    medium: str
    touched_at: datetime
    held_at: datetime | None
    logged_at: datetime
    late_log: bool
    is_duplicate: bool
    owner_id: str | None


@dataclass(frozen=True, slots=True)
class DealTruth:
    """One deal. `lead_ids` in the order of creation: the first is the deal's lead. `amount` is in AUD."""

    deal_id: str
    lead_id: str
    lead_ids: tuple[str, ...]
    company_id: str | None
    pipeline: str
    deal_stage: str
    amount: Decimal
    currency: str
    original_amount: Decimal
    created_at: datetime
    closed_at: datetime | None
    is_closed: bool
    is_won: bool
    owner_id: str | None
    is_repeat: bool


@dataclass(frozen=True, slots=True)
class RuleTruth:
    """One rule and version: how many leads it judges, and which of them break it."""

    rule: str
    stage: str
    agreement_version: str
    evaluated: int
    violations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VisitTruth:
    """Visits to the website on one local day from one source, called as a lead's."""

    day: date
    source: str
    visits: int
    visitors: int


@dataclass(frozen=True, slots=True)
class BroadcastTruth:
    """One mass communication and local day.

    An email is on the day it was sent; `audience` is whom it was sent to. A page or post has a row for every
    day on which it was read: nobody receives it, `opened` are its views. `leads_created`: contacts that came
    by this mailing, or that read this page first. `cost` is in no system of the CRM.
    """

    broadcast_id: str
    medium: str
    name: str
    sent_on: date
    audience: int | None
    delivered: int | None
    opened: int
    clicked: int | None
    leads_created: int
    cost: Decimal | None


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything that is true at `now`, each part sorted by its ids and instants."""

    now: datetime
    leads: tuple[LeadTruth, ...]
    stage_entries: tuple[StageEntry, ...]
    handoffs: tuple[HandoffTruth, ...]
    touches: tuple[TouchTruth, ...]
    deals: tuple[DealTruth, ...]
    rules: tuple[RuleTruth, ...]
    visits: tuple[VisitTruth, ...] = ()
    broadcasts: tuple[BroadcastTruth, ...] = ()
