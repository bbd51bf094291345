"""What each commitment counts, from the rows of the upstream marts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from agreement import Commitment, Version
from tests.transform.judging.terms import Terms, local
from tests.transform.raw import Rows

CLOCKS = {"respond": "response", "follow_up": "follow_up", "decide": "verdict", "assign": "routing"}


@dataclass(frozen=True)
class Fact:
    """Something a commitment counts. `value` is 1 or 0 for a share; None: it is not eligible (yet)."""

    at: datetime
    value: Fraction | None
    slices: tuple[str, ...]
    waits: bool = False


def facts_of(terms: Terms, version: Version, promised: Commitment, tables: dict[str, Rows]) -> Iterator[Fact]:
    everybody = tables["marts.leads"]
    counting = [one for one in everybody if not one["excluded_because"] and not one["quarantined_by"]]
    leads = {one["lead_id"]: one for one in counting}
    if promised.measure in CLOCKS or promised.measure == "accepted":
        yield from _handoff_facts(terms, promised, tables, leads)
        return
    leads = {key: lead for key, lead in leads.items() if terms.fits(version, promised, lead)}
    if promised.measure in ("deliver", "convert"):
        yield from _entries(promised, tables, leads)
    else:
        yield from _deals(terms, promised, tables, leads)


def _deals(
    terms: Terms, promised: Commitment, tables: dict[str, Rows], leads: dict[str, dict[str, Any]]
) -> Iterator[Fact]:
    created = promised.measure == "deliver_value"
    for deal in tables["marts.deals"]:
        if deal["lead_id"] in leads and (created or deal["is_won"]):
            owner = {"owner": deal["owner_id"], "team": terms.email_and_team(deal["owner_id"])[1]}
            at = deal["created_at"] if created else deal["closed_at"]
            yield Fact(at, Fraction(deal["amount"] or 0), _slices(leads[deal["lead_id"]], owner))


def _entries(
    promised: Commitment, tables: dict[str, Rows], leads: dict[str, dict[str, Any]]
) -> Iterator[Fact]:
    first: dict[str, datetime] = {}
    for stay in tables["marts.lifecycle_stages"]:
        if stay["stage"] == promised.stage and stay["lead_id"] in leads:
            first[stay["lead_id"]] = min(stay["entered_at"], first.get(stay["lead_id"], stay["entered_at"]))
    seen = set()
    for key, at in sorted(first.items(), key=lambda pair: (pair[1], pair[0])):
        lead = leads[key]
        if promised.count == "companies" and lead["company_id"] is not None:
            if lead["company_id"] in seen:
                continue
            seen.add(lead["company_id"])
        yield Fact(at, Fraction(1), _slices(lead, {"owner": lead["owner_id"], "team": lead["owner_team"]}))


def _handoff_facts(
    terms: Terms, promised: Commitment, tables: dict[str, Rows], leads: dict[str, dict[str, Any]]
) -> Iterator[Fact]:
    versions = {version.version: version for version in terms.agreement.versions}
    for handoff in tables["marts.lead_handoffs"]:
        own = versions.get(handoff["agreement_version"])
        if handoff["lead_id"] not in leads or own is None or _is_waived(terms, own, promised, handoff):
            continue
        if promised.measure == "accepted":
            fits = terms.fits(own, promised, leads[handoff["lead_id"]])
            judged = _verdict(handoff) if fits else None
        else:
            judged = _clock(promised, handoff)
        if judged is not None:
            owner = {"owner": handoff["accountable_owner_id"], "team": handoff["accountable_team"]}
            yield Fact(handoff["handed_off_at"], judged[0], _slices(handoff, owner), judged[1])


def _clock(promised: Commitment, handoff: dict[str, Any]) -> tuple[Fraction | None, bool] | None:
    clock = CLOCKS[promised.measure]
    if handoff.get(f"{clock}_commitment") != promised.commitment:
        return None
    status = handoff[f"{clock}_status"]
    waits = status == "open" or (status == "unassigned" and handoff["verdict"] == "pending")
    return {"met": Fraction(1), "breached": Fraction(0)}.get(status), waits


def _verdict(handoff: dict[str, Any]) -> tuple[Fraction | None, bool]:
    value = {"accepted": Fraction(1), "rejected": Fraction(0)}.get(handoff["verdict"])
    return value, handoff["verdict"] == "pending" and handoff.get("verdict_status") == "open"


def _is_waived(terms: Terms, own: Version, promised: Commitment, handoff: dict[str, Any]) -> bool:
    day = local(handoff["handed_off_at"], terms.zone)
    email, _ = terms.email_and_team(handoff["accountable_owner_id"])
    return any(
        waiver.commitment == promised.commitment
        and (waiver.from_ is None or waiver.from_ <= day)
        and day <= waiver.until
        and waiver.team in (None, handoff["accountable_team"])
        and waiver.owner in (None, email)
        for waiver in own.waivers
    )


def _slices(row: dict[str, Any], owner: dict[str, Any]) -> tuple[str, ...]:
    kinds = {kind: row[kind] for kind in ("segment", "source", "lead_type")} | owner
    return ("all", *(f"{kind}={value}" for kind, value in kinds.items() if value is not None))
