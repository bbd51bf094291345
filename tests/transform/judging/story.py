"""The sandbox's truth as upstream marts, so that the references can judge it."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import holidays

from agreement import Agreement
from sandbox import staff
from sandbox.truth import HandoffTruth, LeadTruth, Truth
from tests.transform.judging.terms import Fits, Terms
from tests.transform.raw import Rows

TEAMS = {owner.id: owner.team.name if owner.team else None for owner in staff.OWNERS}
CONDITIONS: dict[tuple[str, str], Fits] = {}


def terms(agreement: Agreement, as_of: datetime) -> Terms:
    """The company's terms: Brisbane, Queensland's holidays, its own people."""
    return Terms(
        agreement,
        as_of,
        zone=ZoneInfo("Australia/Brisbane"),
        owners={owner.id: (owner.email, TEAMS[owner.id]) for owner in staff.OWNERS},
        conditions=CONDITIONS,
        holidays=frozenset(holidays.country_holidays("AU", subdiv="QLD", years=range(2024, 2028))),
    )


def set_apart(truth: Truth, rules: tuple[str, ...]) -> dict[str, str]:
    """The first of `rules` that each lead breaks: a lead is judged by one version at each stage."""
    found: dict[str, str] = {}
    wanted = [rule for rule in truth.rules if rule.rule in rules]
    for rule in sorted(wanted, key=lambda each: (each.agreement_version, rules.index(each.rule))):
        for lead in rule.violations:
            found.setdefault(lead, rule.rule)
    return found


def told(
    truth: Truth, stages: tuple[str, ...], quarantined: Mapping[str, str] = MappingProxyType({})
) -> dict[str, Rows]:
    """The rows that the upstream marts must hold, if the pipeline is right."""
    return {
        "marts.leads": [_lead(lead, quarantined) for lead in truth.leads],
        "marts.lifecycle_stages": [
            {
                "lead_id": stay.lead_id,
                "stage": stay.stage,
                "stage_rank": stages.index(stay.stage) + 1,
                "entered_at": stay.entered_at,
            }
            for stay in truth.stage_entries
        ],
        "marts.deals": [{name: getattr(deal, name) for name in DEAL_COLUMNS} for deal in truth.deals],
        "marts.lead_handoffs": [_handoff(handoff) for handoff in truth.handoffs],
    }


DEAL_COLUMNS = (
    "deal_id",
    "lead_id",
    "company_id",
    "owner_id",
    "amount",
    "created_at",
    "closed_at",
    "is_closed",
    "is_won",
    "is_repeat",
)


def _lead(lead: LeadTruth, quarantined: Mapping[str, str]) -> dict[str, Any]:
    same = (
        "lead_id",
        "owner_id",
        "segment",
        "source",
        "lead_type",
        "company_id",
        "referred_by",
        "excluded_because",
    )
    row = {name: getattr(lead, name) for name in same}
    return row | {
        "owner_team": TEAMS.get(lead.owner_id or ""),
        "quarantined_by": quarantined.get(lead.lead_id),
    }


def _handoff(handoff: HandoffTruth) -> dict[str, Any]:
    same = (
        "lead_id",
        "handed_off_at",
        "accountable_owner_id",
        "segment",
        "source",
        "lead_type",
        "agreement_version",
        "response_commitment",
        "response_status",
        "first_touch_at",
        "response_minutes",
        "follow_up_status",
        "verdict",
        "verdict_status",
        "routing_status",
    )
    row = {name: getattr(handoff, name) for name in same}
    names = {
        f"{clock}_commitment": clock if row[f"{clock}_status"] else None
        for clock in ("follow_up", "verdict", "routing")
    }
    return row | names | {"accountable_team": TEAMS.get(handoff.accountable_owner_id or "")}
