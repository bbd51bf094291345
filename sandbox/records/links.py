"""Associations between records, as the CRM shows them: from any side, with HubSpot's type ids."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sandbox.sidelines import Pursuit
from sandbox.story import Deal, Engagement, Firm, Lead

ENGAGEMENTS = ("calls", "emails", "meetings", "communications", "tasks", "notes")
_TYPE_IDS: dict[tuple[str, str], tuple[int, int | None]] = {
    ("contacts", "companies"): (279, 1),
    ("companies", "contacts"): (280, 2),
    ("deals", "contacts"): (3, None),
    ("contacts", "deals"): (4, None),
    ("deals", "companies"): (341, 5),
    ("companies", "deals"): (342, 6),
    ("leads", "contacts"): (608, 578),
    ("contacts", "leads"): (607, 579),
    ("leads", "companies"): (610, None),
    ("companies", "leads"): (609, None),
    ("feedback_submissions", "contacts"): (98, None),
    ("contacts", "feedback_submissions"): (97, None),
    ("trainings", "contacts"): (47, None),
    ("contacts", "trainings"): (48, None),
    ("trainings", "trainings"): (49, None),
}
_ENGAGEMENT_IDS = {  # of an engagement with contacts, companies and deals; the other way round in brackets
    "calls": ((194, 193), (182, 181), (206, 205)),
    "emails": ((198, 197), (186, 185), (210, 209)),
    "meetings": ((200, 199), (188, 187), (212, 211)),
    "notes": ((202, 201), (190, 189), (214, 213)),
    "tasks": ((204, 203), (192, 191), (216, 215)),
    "communications": ((81, 82), (87, 88), (85, 86)),
}
_LEAD_IDS = {  # of a lead with engagements; the other way round one less
    "calls": 596,
    "emails": 598,
    "meetings": 600,
    "communications": 602,
    "tasks": 646,
    "notes": 854,
}
for _kind, _id in _LEAD_IDS.items():
    _TYPE_IDS["leads", _kind], _TYPE_IDS[_kind, "leads"] = (_id, None), (_id - 1, None)
for _kind, _ids in _ENGAGEMENT_IDS.items():
    for _other, (_there, _back) in zip(("contacts", "companies", "deals"), _ids, strict=True):
        _TYPE_IDS[_kind, _other], _TYPE_IDS[_other, _kind] = (_there, None), (_back, None)


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
    if isinstance(subject, Engagement):
        return _of_engagement(target, subject)
    if isinstance(subject, Pursuit):
        return _of_pursuit(target, subject)
    return [Link(subject.lead.id, subject.created_at, False)] if target == "contacts" else []


def _of_pursuit(target: str, pursuit: Pursuit) -> list[Link]:
    lead = pursuit.lead
    if target == "companies":
        return [Link(lead.firm.id, pursuit.created_at, False)] if lead.firm else []
    if target in ENGAGEMENTS:
        return _distinct(e for e in lead.engagements if e.kind == target and _worked_at(lead, e) is pursuit)
    return [Link(lead.id, pursuit.created_at, True)] if target == "contacts" else []


def _worked_at(lead: Lead, engagement: Engagement) -> Pursuit | None:
    """The contact's newest lead when an activity was logged: it is filed under that one, too."""
    begun = [each for each in lead.pursuits if each.created_at <= engagement.logged_at]
    return max(begun, key=lambda each: (each.created_at, each.id), default=None)


def _of_lead(target: str, lead: Lead) -> list[Link]:
    if target == "companies":
        first = [Link(lead.firm.id, lead.created_at, True)] if lead.firm else []
        return first + ([Link(lead.second_firm.id, lead.created_at, False)] if lead.second_firm else [])
    if target == "deals":
        return [Link(deal.id, deal.created_at, False) for deal in lead.deals]
    if target == "leads":
        return [Link(pursuit.id, pursuit.created_at, True) for pursuit in lead.pursuits]
    if target == "feedback_submissions":
        return [Link(survey.id, survey.created_at, False) for survey in lead.surveys]
    if target == "trainings":
        return [Link(training.id, training.created_at, False) for training in lead.trainings]
    return [Link(e.id, e.logged_at, False) for e in lead.engagements if e.kind == target]


def _of_firm(target: str, firm: Firm) -> list[Link]:
    if target == "deals":
        return [Link(deal.id, deal.created_at, True) for deal in firm.deals]
    if target in ENGAGEMENTS:
        return _distinct(e for lead in firm.leads for e in lead.engagements if e.kind == target)
    if target == "leads":
        return [Link(each.id, each.created_at, False) for lead in firm.leads for each in lead.pursuits]
    primary = [Link(lead.id, lead.created_at, True) for lead in firm.leads]
    return primary + [Link(lead.id, lead.created_at, False) for lead in firm.guests]


def _of_deal(target: str, deal: Deal) -> list[Link]:
    if target == "companies":
        return [Link(deal.firm.id, deal.created_at, True)] if deal.firm else []
    if target in ENGAGEMENTS:
        heard = (e for lead in deal.leads for e in lead.engagements if e.kind == target)
        return _distinct(e for e in heard if _was_running(deal, e))
    return [Link(lead.id, deal.created_at, False) for lead in deal.leads]


def _of_engagement(target: str, engagement: Engagement) -> list[Link]:
    """HubSpot files an activity under the contacts' companies and the deals that run at the time, too."""
    at = engagement.logged_at
    if target == "companies":
        return [Link(id, at, False) for id in {lead.firm.id for lead in engagement.leads if lead.firm}]
    if target == "deals":
        running = {
            deal.id for lead in engagement.leads for deal in lead.deals if _was_running(deal, engagement)
        }
        return [Link(id, at, False) for id in running]
    if target == "leads":
        worked = {each.id for lead in engagement.leads if (each := _worked_at(lead, engagement))}
        return [Link(id, at, False) for id in worked]
    return [Link(lead.id, at, False) for lead in engagement.leads] if target == "contacts" else []


def _was_running(deal: Deal, engagement: Engagement) -> bool:
    return deal.created_at <= engagement.logged_at < deal.closed_at


def _distinct(engagements: Iterable[Engagement]) -> list[Link]:
    return [Link(e.id, e.logged_at, False) for e in {e.id: e for e in engagements}.values()]
