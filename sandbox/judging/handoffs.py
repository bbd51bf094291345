"""Handoffs judged: owners, clocks, touches and verdicts, by DESIGN's meanings and rulings."""

from datetime import datetime

from sandbox.business_time import Calendar, calendar
from sandbox.instants import to_datetime
from sandbox.judging.attempts import in_handoff
from sandbox.judging.cases import Case, first_owner
from sandbox.judging.clocks import follow_up, response_promise, response_status, simple_status
from sandbox.judging.facts import id_of, somebody_at
from sandbox.judging.shapes import HandoffTruth
from sandbox.judging.stays import first_entry
from sandbox.judging.terms import Version
from sandbox.judging.verdicts import verdict_on
from sandbox.story import CUSTOMER, OPPORTUNITY

FAR = 1 << 60


def judge(case: Case, version: Version | None) -> HandoffTruth:
    """Everything that is true of a handoff. `verdict_reason` is left for `with_reasons`."""
    said = verdict_on(case.lead, case.moves, case.index, case.now)
    owner, assigned_at = first_owner(case, said)
    hours = calendar(owner.calendar if owner else "default")
    promise = response_promise(case, version)
    start = assigned_at if promise and promise.clock_starts == "assignment" else case.at
    due = hours.after(start, promise.within.on(hours)) if promise and start is not None else None
    until = max(said.at or 0, due or 0) if said.verdict == "accepted" else said.at or FAR
    first = next((touch for touch in case.touches if case.at <= touch.at <= until), None)
    after = case.moves[case.index + 1 : case.next_index]
    inside = in_handoff(case.touches, case.at, said.at)
    return HandoffTruth(
        lead_id=str(case.lead.id),
        handed_off_at=to_datetime(case.at),
        agreement_version=version.name if version else None,
        is_excluded=case.lead.is_staff,
        segment=case.facts.segment,
        source=case.facts.source,
        lead_type=case.facts.lead_type,
        assigned_at=_instant(assigned_at),
        routing_minutes=_minutes(hours, case.at, assigned_at),
        routing_status=simple_status(case, said, version.routing if version else None, hours, assigned_at),
        owner_id=id_of(owner),
        accountable_owner_id=id_of(somebody_at(case.lead, min(case.now, due if due is not None else FAR))),
        response_commitment=promise.name if promise else None,
        response_due_at=_instant(due),
        first_touch_at=_instant(first.at if first else None),
        first_touch_medium=first.medium if first else None,
        response_minutes=_minutes(hours, start, first.at if first else None),
        response_status=response_status(case, said, start, due, until) if promise else None,
        attempts=len(inside),
        follow_up_status=follow_up(case, said, version, hours, inside),
        verdict=said.verdict,
        verdict_at=_instant(said.at),
        verdict_by=id_of(said.by),
        verdict_reason=None,
        verdict_status=simple_status(case, said, version.verdict if version else None, hours, said.at),
        opportunity_at=_instant(first_entry(after, OPPORTUNITY, or_later=True)),
        customer_at=_instant(first_entry(after, CUSTOMER, or_later=True)),
    )


def _minutes(hours: Calendar, start: int | None, end: int | None) -> float | None:
    return hours.between(start, end) / 60_000 if start is not None and end is not None else None


def _instant(at: int | None) -> datetime | None:
    return to_datetime(at) if at is not None else None
