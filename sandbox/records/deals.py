"""Deals as the CRM shows them."""

from operator import itemgetter

from sandbox.instants import to_iso
from sandbox.records.pipelines import PIPELINES
from sandbox.records.rows import Change, Properties, changed
from sandbox.story import Deal

AUD_CENTS_PER_NZD = 92
_STEPS = {step.id: step for _, steps in PIPELINES.values() for step in steps}


def home_cents(cents: int, currency: str) -> int:
    """An amount in the company's currency, in cents, half up."""
    return cents if currency == "AUD" else (cents * AUD_CENTS_PER_NZD + 50) // 100


def money(cents: int) -> str:
    """Cents as the CRM writes an amount: no trailing zeros beyond need."""
    whole, part = divmod(cents, 100)
    return f"{whole}.{part:02}" if part else str(whole)


def base(deal: Deal) -> Properties:
    """What a deal was created with. Until it is closed, `closedate` is only hoped for."""
    return {
        "dealname": deal.name,
        "pipeline": deal.pipeline,
        "deal_currency_code": deal.currency,
        "createdate": to_iso(deal.created_at),
        "closedate": to_iso(deal.expected_at),
        "hubspot_owner_id": deal.owner.id if deal.owner else None,
        "dealtype": "newbusiness",
    }


def changes(deal: Deal) -> list[Change]:
    """Its way through the pipeline, and what it came to be worth."""
    revisions: list[Change] = []
    for at, cents in deal.amounts:
        revisions.append(changed(at, "amount", money(cents), deal.owner))
        revisions.append(
            changed(at, "amount_in_home_currency", money(home_cents(cents, deal.currency)), None)
        )
    for at, stage in deal.stages:
        step = _STEPS[stage]
        revisions.append(changed(at, "dealstage", stage, deal.owner))
        revisions.append(changed(at, "hs_is_closed", str(step.is_closed).lower(), None))
        revisions.append(changed(at, "hs_is_closed_won", str(step.probability == "1.0").lower(), None))
        if step.is_closed:
            revisions.append(changed(at, "closedate", to_iso(at), deal.owner))
    revisions.sort(key=itemgetter(0))
    return revisions
