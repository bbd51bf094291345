"""How the clocks of one handoff ended: met, breached, open, not required or unassigned."""

from sandbox.business_time import Calendar
from sandbox.judging.attempts import follow_up_status
from sandbox.judging.cases import Case
from sandbox.judging.terms import Promise, Version
from sandbox.judging.touches import Touch
from sandbox.judging.verdicts import Said


def response_promise(case: Case, version: Version | None) -> Promise | None:
    """The first response commitment listed that fits the lead."""
    promises = version.responses if version else ()
    return next((each for each in promises if each.where is None or each.where(case.facts)), None)


def response_status(case: Case, said: Said, start: int | None, due: int | None, until: int) -> str:
    """The response clock's end. `until`: the last instant at which a touch is still of this handoff."""
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


def simple_status(
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


def follow_up(
    case: Case, said: Said, version: Version | None, hours: Calendar, inside: list[Touch]
) -> str | None:
    """The follow-up clock's end; None: nothing is promised."""
    promise = version.follow_up if version else None
    if promise is None:
        return None
    due = hours.after(case.at, promise.within.on(hours))
    return follow_up_status(promise, inside, due, said.at, case.now)
