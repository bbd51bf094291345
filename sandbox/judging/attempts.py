"""Follow-up: how often sales tried, on how many days, and whether that was enough."""

from datetime import date, timedelta

from sandbox.instants import to_datetime
from sandbox.judging.terms import Promise
from sandbox.judging.touches import Touch

_BRISBANE = timedelta(hours=10)  # the agreement's time zone, which has no daylight saving


def in_handoff(touches: list[Touch], start: int, end: int | None) -> list[Touch]:
    """Attempts between a handoff and its verdict, both included: of each its first touch inside."""
    attempts: dict[tuple[str, str | None, int], Touch] = {}
    for touch in touches:
        if start <= touch.at and (end is None or touch.at <= end):
            attempts.setdefault((touch.medium, touch.owner_id, touch.attempt), touch)
    return list(attempts.values())


def follow_up_status(
    promise: Promise, attempts: list[Touch], due: int, verdict_at: int | None, now: int
) -> str:
    """Met once there were enough attempts on enough days; a verdict before the due time ends the duty."""
    in_time = [touch for touch in attempts if touch.counts_at <= due]
    days = {_day(touch.at) for touch in in_time}
    if len(in_time) >= promise.attempts and len(days) >= promise.across_days:
        return "met"
    if verdict_at is not None and verdict_at < due:
        return "not_required"
    return "breached" if due < now else "open"


def _day(at: int) -> date:
    return (to_datetime(at) + _BRISBANE).date()
