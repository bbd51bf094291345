"""Handoffs judged: owners, clocks, touches and verdicts, by DESIGN's meanings and rulings."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sandbox.business_time import Calendar, calendar
from sandbox.instants import to_datetime
from sandbox.judging.attempts import follow_up_status, in_handoff
from sandbox.judging.facts import Facts, id_of, is_somebody, somebody_at
from sandbox.judging.shapes import HandoffTruth
from sandbox.judging.stays import first_entry
from sandbox.judging.terms import Promise, Version
from sandbox.judging.touches import Touch
from sandbox.judging.verdicts import Said, verdict_on
from sandbox.staff import Owner
from sandbox.story import CUSTOMER, MQL, OPPORTUNITY, Lead, Move

FAR = 1 << 60


@dataclass(frozen=True)
class Case:
    """One handoff before it is judged."""

    lead: Lead
    facts: Facts
    moves: list[Move]
    index: int
    next_index: int
    touches: list[Touch]
    now: int

    @property
    def at(self) -> int:
        """When it was handed off."""
        return self.moves[self.index].at


def cases_of(lead: Lead, facts: Facts, moves: list[Move], touches: list[Touch], now: int) -> list[Case]:
    """A lead's handoffs: entries into MQL from below, or by birth."""
    found = [n for n, move in enumerate(moves) if move.stage == MQL and (n == 0 or moves[n - 1].stage < MQL)]
    spans = pairwise([*found, len(moves)])
    return [Case(lead, facts, moves, start, end, touches, now) for start, end in spans]


def judge(case: Case, version: Version | None) -> HandoffTruth:
    """Everything that is true of a handoff. `verdict_reason` is left for `with_reasons`."""
    said = verdict_on(case.lead, case.moves, case.index, case.now)
    owner, assigned_at = _first_owner(case, said)
    hours = calendar(owner.calendar if owner else "default")
    promise = _response_promise(case, version)
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
        routing_status=_simple_status(case, said, version.routing if version else None, hours, assigned_at),
        owner_id=id_of(owner),
        accountable_owner_id=id_of(somebody_at(case.lead, min(case.now, due if due is not None else FAR))),
        response_commitment=promise.name if promise else None,
        response_due_at=_instant(due),
        first_touch_at=_instant(first.at if first else None),
        first_touch_medium=first.medium if first else None,
        response_minutes=_minutes(hours, start, first.at if first else None),
        response_status=_response_status(case, said, start, due, until) if promise else None,
        attempts=len(inside),
        follow_up_status=_follow_up(case, said, version, hours, inside),
        verdict=said.verdict,
        verdict_at=_instant(said.at),
        verdict_by=id_of(said.by),
        verdict_reason=None,
        verdict_status=_simple_status(case, said, version.verdict if version else None, hours, said.at),
        opportunity_at=_instant(first_entry(after, OPPORTUNITY, or_later=True)),
        customer_at=_instant(first_entry(after, CUSTOMER, or_later=True)),
    )


def _first_owner(case: Case, said: Said) -> tuple[Owner | None, int | None]:
    """The owner at the handoff, else the first somebody assigned by the verdict or now."""
    if present := somebody_at(case.lead, case.at):
        return present, case.at
    by = said.at if said.at is not None else case.now
    for assignment in case.lead.owners:
        if case.at < assignment.at <= by and is_somebody(assignment.owner, assignment.at):
            return assignment.owner, assignment.at
    return None, None


def _response_promise(case: Case, version: Version | None) -> Promise | None:
    promises = version.responses if version else ()
    return next((each for each in promises if each.where is None or each.where(case.facts)), None)


def _response_status(case: Case, said: Said, start: int | None, due: int | None, until: int) -> str:
    booked = _booked_by_itself(case, said)
    if due is None or start is None:
        return "unassigned" if booked is None else "not_required"
    known = [touch.counts_at for touch in case.touches if case.at <= touch.at <= until]
    if known and min(known) <= due:
        return "met"
    if booked is not None and booked <= due:
        return "not_required"
    if said.verdict in {"rejected", "recycled"} and said.at is not None and said.at < due:
        return "not_required"
    return "breached" if due < case.now else "open"


def _booked_by_itself(case: Case, said: Said) -> int | None:
    last = said.at if said.at is not None else case.now
    booked = [each.logged_at for each in case.lead.engagements if each.self_booked]
    return min((at for at in booked if case.at <= at <= last), default=None)


def _simple_status(
    case: Case, said: Said, promise: Promise | None, hours: Calendar, done: int | None
) -> str | None:
    """Verdicts and routing: done by the due time; a lead turned down before that needs no owner any more."""
    if promise is None:
        return None
    due = hours.after(case.at, promise.within.on(hours))
    if done is not None:
        return "met" if done <= due else "breached"
    if said.verdict in {"rejected", "recycled"} and said.at is not None and said.at < due:
        return "not_required"
    return "breached" if due < case.now else "open"


def _follow_up(
    case: Case, said: Said, version: Version | None, hours: Calendar, inside: list[Touch]
) -> str | None:
    promise = version.follow_up if version else None
    if promise is None:
        return None
    due = hours.after(case.at, promise.within.on(hours))
    return follow_up_status(promise, inside, due, said.at, case.now)


def _minutes(hours: Calendar, start: int | None, end: int | None) -> float | None:
    return hours.between(start, end) / 60_000 if start is not None and end is not None else None


def _instant(at: int | None) -> datetime | None:
    return to_datetime(at) if at is not None else None
