"""Deals as they are at an instant."""

from decimal import Decimal

from sandbox.instants import to_datetime
from sandbox.judging.facts import id_of, value_at
from sandbox.judging.shapes import DealTruth
from sandbox.story import Deal

_AUD_PER_NZD = Decimal("0.92")
_CENT = Decimal("0.01")
_LABELS = {
    "appointmentscheduled": "Appointment scheduled",
    "qualifiedtobuy": "Qualified to buy",
    "presentationscheduled": "Presentation scheduled",
    "contractsent": "Contract sent",
    "closedwon": "Closed won",
    "closedlost": "Closed lost",
    "71000021": "Discovery",
    "71000022": "Proposal",
    "71000023": "Won",
    "71000024": "Lost",
}
_PIPELINES = {"default": "Sales Pipeline", "71000002": "NZ Pipeline"}


def deal_at(deal: Deal, now: int) -> DealTruth:
    """One deal that exists at `now`, called as the portal labels it."""
    is_closed = deal.closed_at <= now
    original = Decimal([cents for at, cents in deal.amounts if at <= now][-1]) * _CENT
    home = original if deal.currency == "AUD" else (original * _AUD_PER_NZD + _CENT / 2) // _CENT * _CENT
    people = sorted(deal.leads, key=lambda lead: (lead.created_at, lead.id))
    return DealTruth(
        deal_id=str(deal.id),
        lead_id=str(people[0].id),
        lead_ids=tuple(str(lead.id) for lead in people),
        company_id=str(deal.firm.id) if deal.firm else None,
        pipeline=_PIPELINES[deal.pipeline],
        deal_stage=_LABELS[value_at(deal.stages, now) or ""],
        amount=home,
        currency=deal.currency,
        original_amount=original,
        created_at=to_datetime(deal.created_at),
        closed_at=to_datetime(deal.closed_at) if is_closed else None,
        is_closed=is_closed,
        is_won=is_closed and deal.won,
        owner_id=id_of(deal.owner),
        is_repeat=_is_repeat(deal),
    )


def _is_repeat(deal: Deal) -> bool:
    """Whether its people or their company had won a deal by the time it was created."""
    earlier = deal.firm.deals if deal.firm else deal.leads[0].deals
    return any(other.won and other.closed_at <= deal.created_at for other in earlier if other is not deal)
