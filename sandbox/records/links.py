"""Associations between records, as the CRM shows them: from any side, with HubSpot's type ids."""

from typing import Any, NamedTuple

from sandbox.story import Deal, Engagement, Firm, Lead

ENGAGEMENTS = ("calls", "emails", "meetings", "communications", "tasks", "notes")
_TYPE_IDS = {
    ("contacts", "companies"): (279, 1),
    ("companies", "contacts"): (280, 2),
    ("deals", "contacts"): (3, None),
    ("contacts", "deals"): (4, None),
    ("deals", "companies"): (341, 5),
    ("companies", "deals"): (342, 6),
    ("contacts", "calls"): (193, None),
    ("calls", "contacts"): (194, None),
    ("contacts", "emails"): (197, None),
    ("emails", "contacts"): (198, None),
    ("contacts", "meetings"): (199, None),
    ("meetings", "contacts"): (200, None),
    ("contacts", "notes"): (201, None),
    ("notes", "contacts"): (202, None),
    ("contacts", "tasks"): (203, None),
    ("tasks", "contacts"): (204, None),
    ("contacts", "communications"): (82, None),
    ("communications", "contacts"): (81, None),
}


class Link(NamedTuple):
    """One association. `at`: since when the CRM has it."""

    to_id: int
    at: int
    is_primary: bool


def type_ids(source: str, target: str) -> tuple[int, int | None] | None:
    """HubSpot's ids of the plain and the primary type; None: the two are never associated."""
    return _TYPE_IDS.get((source, target))


def links(source: str, target: str, subject: Any) -> list[Link]:
    """All associations of one record to records of a type, ever, in the order of ids."""
    found = _links(target, subject)
    return sorted(found, key=lambda link: link.to_id)


def _links(target: str, subject: Any) -> list[Link]:
    if isinstance(subject, Lead):
        return _of_lead(target, subject)
    if isinstance(subject, Firm):
        return _of_firm(target, subject)
    if isinstance(subject, Deal):
        return _of_deal(target, subject)
    return _of_engagement(target, subject)


def _of_lead(target: str, lead: Lead) -> list[Link]:
    if target == "companies":
        first = [Link(lead.firm.id, lead.created_at, True)] if lead.firm else []
        return first + ([Link(lead.second_firm.id, lead.created_at, False)] if lead.second_firm else [])
    if target == "deals":
        return [Link(deal.id, deal.created_at, False) for deal in lead.deals]
    return [Link(e.id, e.logged_at, False) for e in lead.engagements if e.kind == target]


def _of_firm(target: str, firm: Firm) -> list[Link]:
    if target == "deals":
        return [Link(deal.id, deal.created_at, True) for deal in firm.deals]
    primary = [Link(lead.id, lead.created_at, True) for lead in firm.leads]
    return primary + [Link(lead.id, lead.created_at, False) for lead in firm.guests]


def _of_deal(target: str, deal: Deal) -> list[Link]:
    if target == "companies":
        return [Link(deal.firm.id, deal.created_at, True)] if deal.firm else []
    return [Link(lead.id, deal.created_at, False) for lead in deal.leads]


def _of_engagement(target: str, engagement: Engagement) -> list[Link]:
    return (
        [Link(lead.id, engagement.logged_at, False) for lead in engagement.leads]
        if target == "contacts"
        else []
    )
