"""What is known of one lead at an instant: the present values that conditions ask about."""

from dataclasses import dataclass
from decimal import Decimal

from sandbox.plot.world import owner_at
from sandbox.staff import QUEUE, Owner
from sandbox.story import Dated, Firm, Lead

_NAMES = {
    "PAID_SEARCH": "paid",
    "PAID_SOCIAL": "paid",
    "ORGANIC_SEARCH": "organic",
    "DIRECT_TRAFFIC": "direct",
    "OFFLINE": "outbound",
}
_TYPES = {
    "Demo request": "demo",
    "Pricing page": "pricing",
    "Whitepaper download": "download",
    "Webinar registration": "download",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """Values at an instant; `owner_id` is null for a queue and for somebody who has left."""

    email: str | None
    phone: str | None
    country: str | None
    company_id: str | None
    company_name: str | None
    employees: int | None
    score: Decimal
    intent: str
    source: str
    owner_id: str | None
    lead_status: str | None
    segment: str | None
    lead_type: str | None


def facts_of(lead: Lead, now: int) -> Facts:
    """The facts of a lead that exists at `now`."""
    employees = _employees(lead.firm, now)
    intent = value_at(lead.intents, now) or ""
    statuses = [status.value for status in lead.statuses if status.at <= now]
    return Facts(
        email=lead.email,
        phone=lead.phone,
        country=lead.country,
        company_id=str(lead.firm.id) if lead.firm else None,
        company_name=lead.firm.name if lead.firm else None,
        employees=employees,
        score=Decimal(value_at(lead.scores, now) or 0),
        intent=intent,
        source=source_name(lead.source),
        owner_id=id_of(somebody_at(lead, now)),
        lead_status=statuses[-1] if statuses else None,
        segment=_segment(employees),
        lead_type=_TYPES.get(intent),
    )


def source_name(source: str) -> str:
    """What the agreement calls one of HubSpot's sources."""
    return _NAMES.get(source, source.lower())


def value_at(values: list[Dated], now: int) -> str | None:
    """The newest value that is not later than `now`."""
    held = [each.value for each in values if each.at <= now]
    return held[-1] if held else None


def is_somebody(owner: Owner | None, at: int) -> bool:
    """False for nobody, a queue, and a person who has left by `at`."""
    return owner is not None and owner is not QUEUE and (owner.left_at is None or at < owner.left_at)


def somebody_at(lead: Lead, at: int) -> Owner | None:
    """Whose the lead is at `at`; None when it is nobody's."""
    owner = owner_at(lead, at)
    return owner if is_somebody(owner, at) else None


def id_of(owner: Owner | None) -> str | None:
    """The CRM's id of an owner."""
    return owner.id if owner else None


def _employees(firm: Firm | None, now: int) -> int | None:
    known = value_at(firm.employees, now) if firm else None
    return int(known) if known else None


def _segment(employees: int | None) -> str | None:
    if employees is None:
        return None
    return "enterprise" if employees >= 250 else "mid_market" if employees >= 50 else "small_business"
