"""The story's truth as the rows that must have been published: selected by the same names."""

from dataclasses import astuple, fields
from datetime import datetime
from typing import Any

from agreement import Agreement, load
from privacy import pseudonym, treatment_key
from project import Project
from sandbox.truth import BroadcastTruth, DealTruth, HandoffTruth, LeadTruth, StageEntry, TouchTruth, Truth
from tests.end_to_end.portal import SIGNED, Portal
from tests.transform.judging.sla_reference import compliance
from tests.transform.judging.story import TEAMS, terms, told

Rows = dict[Any, tuple[Any, ...]]

LEAD = """
    select lead_id, stage, stage_since, owner_id, owner_team, segment, lead_type, source, country, company_id,
        company_name, employees, lead_score, intent, lead_status, email, phone, referred_by, created_at,
        excluded_because, became_contact_at, became_lead_at, became_marketing_qualified_lead_at,
        became_sales_qualified_lead_at, became_opportunity_at, became_customer_at, became_promoter_at
    from marts.leads
"""


def leads(portal: Portal, truth: Truth) -> Rows:
    """By lead, the columns of `LEAD`. Addresses as the agreement lets them be published."""
    key = treatment_key(Project(portal.folder))
    return {lead.lead_id: _lead(lead, key) for lead in truth.leads}


def _lead(lead: LeadTruth, key: bytes) -> tuple[Any, ...]:
    facts = (
        lead.stage,
        lead.stage_since,
        lead.owner_id,
        TEAMS.get(lead.owner_id or ""),
        lead.segment,
        lead.lead_type,
        lead.source,
        lead.country,
        lead.company_id,
        lead.company_name,
        lead.employees,
        lead.lead_score,
        lead.intent,
        lead.lead_status,
        pseudonym(lead.email, key) if lead.email else None,
        None,
        lead.referred_by,
        lead.created_at,
        lead.excluded_because,
    )
    stages = [stage.stage for stage in load(SIGNED).stages]
    return facts + tuple(lead.reached_at.get(stage) for stage in stages)


def _person(column: str) -> str:
    """SQL that names who changed something, where it was a person: the CRM's own machinery has no digits."""
    return f"case when regexp_matches({column}, '^[0-9]+$') then {column} end"


STAY_COLUMNS = [field.name for field in fields(StageEntry) if field.name != "changed_by"]
STAY = f"select {', '.join(STAY_COLUMNS)}, {_person('changed_by')} from marts.lifecycle_stages"


def stays(truth: Truth) -> list[tuple[Any, ...]]:
    """The columns of `STAY`, in any order."""
    return [astuple(stay) for stay in truth.stage_entries]


HANDOFF_COLUMNS = [
    field.name for field in fields(HandoffTruth) if field.name not in {"is_excluded", "verdict_by"}
]
HANDOFF = f"""
    select {", ".join(HANDOFF_COLUMNS)}, excluded_because is not null, {_person("verdict_by")}
    from marts.lead_handoffs
"""


def handoffs(truth: Truth) -> Rows:
    """By lead and instant, the columns of `HANDOFF`."""
    rows = [
        (*(getattr(handoff, name) for name in HANDOFF_COLUMNS), handoff.is_excluded, handoff.verdict_by)
        for handoff in truth.handoffs
    ]
    return {row[:2]: row[2:] for row in rows}


TOUCH_COLUMNS = [
    field.name for field in fields(TouchTruth) if field.name not in {"engagement_type", "engagement_id"}
]
TOUCH = f"select {', '.join(TOUCH_COLUMNS)} from marts.touches"


def touches(truth: Truth) -> list[tuple[Any, ...]]:
    """The columns of `TOUCH`, in any order."""
    return [tuple(getattr(touch, name) for name in TOUCH_COLUMNS) for touch in truth.touches]


DEAL_COLUMNS = [field.name for field in fields(DealTruth) if field.name != "lead_ids"]
DEAL = f"select {', '.join(DEAL_COLUMNS)} from marts.deals"


def deals(truth: Truth) -> Rows:
    """By deal, the columns of `DEAL`."""
    rows = [tuple(getattr(deal, name) for name in DEAL_COLUMNS) for deal in truth.deals]
    return {row[0]: row[1:] for row in rows}


def deal_leads(truth: Truth) -> set[tuple[str, str, bool]]:
    """Deal, lead, and whether it is the deal's own."""
    return {(deal.deal_id, lead, lead == deal.lead_id) for deal in truth.deals for lead in deal.lead_ids}


def sla(truth: Truth, agreement: Agreement, now: datetime) -> Rows:
    """By commitment, period and slice: version, target, actual, eligible, attainment, status, provisional."""
    stages = tuple(stage.stage for stage in agreement.stages)
    return compliance(terms(agreement, now), told(truth, stages))


SLA = """
    select commitment, period_start, slice, agreement_version, target, actual, eligible, attainment, status,
        is_provisional
    from marts.sla_compliance
"""


VISITORS = "select date, source, visitors from marts.funnel_daily where visitors is not null"


def visitors(truth: Truth) -> set[tuple[Any, ...]]:
    """The columns of `VISITORS`: they are people, not visits."""
    return {(visit.day, visit.source, visit.visitors) for visit in truth.visits}


BROADCAST_COLUMNS = [field.name for field in fields(BroadcastTruth) if field.name != "broadcast_id"]
BROADCAST = f"select broadcast_id, {', '.join(BROADCAST_COLUMNS)} from marts.broadcasts where medium <> 'ad'"


def broadcasts(truth: Truth) -> list[tuple[Any, ...]]:
    """The columns of `BROADCAST`, in any order. An id of the CRM is published with its medium before it."""
    return [
        (f"{each.medium}-{each.broadcast_id}", *(getattr(each, name) for name in BROADCAST_COLUMNS))
        for each in truth.broadcasts
    ]
