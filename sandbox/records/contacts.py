"""Contacts as the CRM shows them."""

from operator import itemgetter

from sandbox.audience.landing import landing_of, mailing_of
from sandbox.instants import SECOND, to_day, to_iso
from sandbox.records.rows import Change, Properties, changed
from sandbox.story import Lead

VALUES = (
    "subscriber",
    "lead",
    "marketingqualifiedlead",
    "salesqualifiedlead",
    "opportunity",
    "customer",
    "evangelist",
)
DATED = frozenset((*VALUES, "other"))
LATE = frozenset({"lifecyclestage", "hs_lead_status", "hubspot_owner_id"})
_TOPICS = ("crm", "sales", "service", "events", "pricing")


def base(lead: Lead) -> Properties:
    """What a contact was created with, and what never changes."""
    number, page, mailing = lead.number, landing_of(lead), mailing_of(lead)
    properties: Properties = {
        "email": lead.email,
        "phone": lead.phone,
        "firstname": lead.first_name,
        "lastname": lead.last_name,
        "jobtitle": lead.job_title,
        "country": lead.country,
        "createdate": to_iso(lead.created_at),
        "hs_analytics_source": lead.source,
        "hs_analytics_source_data_1": lead.source_detail,
        "hs_analytics_source_data_2": str(mailing.id) if mailing else None,
        "hs_analytics_first_url": page.url if page else None,
        "associatedcompanyid": str(lead.firm.id) if lead.firm else None,
        "referred_by": str(lead.referred_by.id) if lead.referred_by else None,
        "city": "" if number % 11 == 0 else "Brisbane" if number % 3 else "Auckland",
        "hs_language": "en-au",
        "hs_email_optout": "true" if number % 29 == 0 else "false",
        "newsletter_topics": ";".join(_TOPICS[: 1 + number % 5]) if number % 4 else None,
        "account_number": str(9_007_199_254_740_993 + number * 1_000_003),
    }
    return properties | _rarely_filled(lead)


def _rarely_filled(lead: Lead) -> Properties:
    number = lead.number
    filled: Properties = {}
    if number % 6 == 0:
        filled["contract_renewal_date"] = to_day(lead.created_at + (number % 700) * 86_400 * SECOND)
    if number % 5 == 0:
        filled["annual_budget"] = (
            "about 5k" if number % 97 == 0 else f"{1000 + number % 9000}.{number % 100:02}"
        )
    if number % 50 == 0:
        filled["sales_notes"] = (
            f'Met {lead.first_name} at the trade fair.\nWants a second call; said "soon". ' * (1 + number % 7)
        )
    return filled


def changes(lead: Lead) -> list[Change]:
    """Everything that ever changes about a contact, in the CRM's order."""
    revisions = _lifecycle(lead)
    for status in lead.statuses:
        revisions.append(changed(status.at, "hs_lead_status", status.value, status.by))
    for assignment in lead.owners:
        owner_id = assignment.owner.id if assignment.owner else ""
        revisions.append(changed(assignment.at, "hubspot_owner_id", owner_id, assignment.by))
        revisions.append(
            changed(assignment.at, "hubspot_owner_assigneddate", to_iso(assignment.at), assignment.by)
        )
    for intent in lead.intents:
        revisions.append(Change(intent.at, "recent_conversion_event_name", intent.value, "FORM", None, None))
        revisions.append(Change(intent.at, "recent_conversion_date", to_iso(intent.at), "FORM", None, None))
    for score in lead.scores:
        revisions.append(Change(score.at, "hubspotscore", score.value, "CALCULATED", None, None))
    for reason in lead.reasons:
        revisions.append(changed(reason.at, "rejection_reason", reason.value, None))
    revisions.sort(key=itemgetter(0))
    return revisions


def _lifecycle(lead: Lead) -> list[Change]:
    """Stage moves as the lifecycle property shows them: cleared before going back, noise in between."""
    revisions: list[Change] = []
    before = -1
    first = "IMPORT" if lead.source_detail == "IMPORT" else "FORM"
    for move in lead.moves:
        if move.stage < before:
            cleared_at = max(revisions[-1].at, move.at - lead.number * 37 % 3000)
            revisions.append(changed(cleared_at, "lifecyclestage", "", move.by))
        value = lead.first_value or VALUES[move.stage] if before < 0 else VALUES[move.stage]
        if before < 0:
            revisions.append(Change(move.at, "lifecyclestage", value, first, None, None))
        else:
            revisions.append(changed(move.at, "lifecyclestage", value, move.by))
        before = move.stage
    for noise in lead.noise:
        value = revisions[-1].value if noise.value == "same" else noise.value
        revisions.append(Change(noise.at, "lifecyclestage", value, "INTEGRATION", "salesforce", None))
    return _with_dates(revisions)


def _with_dates(revisions: list[Change]) -> list[Change]:
    dates = [
        Change(
            revision.at,
            f"hs_lifecyclestage_{revision.value}_date",
            to_iso(revision.at),
            "CALCULATED",
            None,
            None,
        )
        for revision in revisions
        if revision.value in DATED
    ]
    return revisions + dates
