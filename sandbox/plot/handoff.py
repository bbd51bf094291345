"""One handoff: sales gets a qualified lead, reaches out or does not, and says what it thinks of it."""

from typing import Literal, NamedTuple

from sandbox.business_time import calendar
from sandbox.instants import DAY, HOUR, MINUTE, SECOND
from sandbox.plot.outreach import add, call_details, happened_at, meeting_outcomes, rep_at, touch
from sandbox.plot.pen import Odds
from sandbox.plot.routing import route
from sandbox.plot.world import World
from sandbox.staff import Owner
from sandbox.story import LEAD, SQL, Dated, Engagement, Lead, Status

Fate = Literal["accepted", "rejected", "fallen", "recycled", "pending"]
Manner = Literal["worked", "silence", "turned_down_at_once", "booked_itself", "same_instant"]
_FATES: Odds[Fate] = Odds({"accepted": 55, "rejected": 20, "fallen": 4, "recycled": 11, "pending": 10})
_WARM: Odds[Fate] = Odds({"accepted": 68, "rejected": 13, "fallen": 3, "recycled": 8, "pending": 8})
_UNSEEN: Odds[Fate] = Odds({"accepted": 10, "rejected": 15, "recycled": 10, "pending": 65})
_REASONS = ("No budget", "Wrong contact", "Too small", "Competitor", "Student", "Not reachable")
_WARM_INTENTS = {"Demo request", "Pricing page", "Contact us"}


class Verdict(NamedTuple):
    """What became of the handoff: the rank to go on to (None: it stays where it is) and when."""

    stage: int | None
    at: int
    by: Owner | None


def hand_off(world: World, lead: Lead, at: int) -> Verdict | None:
    """Write everything that a handoff at `at` leads to; None: sales never says anything."""
    pen = world.pen
    warm = lead.intents[-1].value in _WARM_INTENTS
    if pen.chance(0.55):
        lead.statuses.append(Status(at, "NEW", None))
    worked_from, rep = route(world, lead, at)
    fate = pen.draw(_UNSEEN if rep is None else _WARM if warm else _FATES)
    manner = _manner(world, lead, fate, is_owned=worked_from == at) if rep else "silence"
    hours = calendar(rep.calendar if rep else "default")
    if manner == "same_instant":
        return Verdict(SQL, at, rep)
    if manner == "turned_down_at_once":
        return _say(world, lead, fate, hours.after(worked_from, pen.wait(20 * MINUTE) + SECOND), rep)
    if manner == "booked_itself":
        _book(world, lead, worked_from + pen.below(20 * MINUTE), rep)
        last = hours.after(worked_from, 2 * HOUR + pen.wait(8 * HOUR))
    elif manner == "silence":
        last = hours.after(worked_from, pen.wait(16 * HOUR) + HOUR)
    else:
        last = _work(world, lead, worked_from, rep, fate)
    if fate == "pending":
        return None
    return _say(world, lead, fate, last, rep_at(lead, last, rep))


def _manner(world: World, lead: Lead, fate: Fate, *, is_owned: bool) -> Manner:
    chance = world.pen.random()
    if fate in {"rejected", "recycled"} and chance < 0.08:
        return "turned_down_at_once"
    if fate == "accepted" and chance < 0.008 and is_owned:
        return "same_instant"
    if lead.intents[-1].value == "Demo request" and chance < 0.15:
        return "booked_itself"
    return "silence" if chance > 0.93 else "worked"


def _work(world: World, lead: Lead, start: int, rep: Owner | None, fate: Fate) -> int:
    """The first touch, the attempts that follow, and the moment at which a verdict is due to be spoken."""
    pen, hours = world.pen, calendar(rep.calendar if rep else "default")
    if pen.chance(0.05):
        touch(world, lead, max(lead.created_at, start - pen.wait(2 * DAY) - HOUR), rep)
    pace = (rep.answers_in if rep else HOUR) * (1 if lead.intents[-1].value in _WARM_INTENTS else 3)
    first = start + pen.wait(15 * MINUTE) if pen.chance(0.08) else hours.after(start, pen.wait(pace) + MINUTE)
    last = happened_at(touch(world, lead, first, rep_at(lead, first, rep)))
    if pen.chance(0.4):
        lead.statuses.append(Status(last, "ATTEMPTED_TO_CONTACT", rep))
    for _ in range(_attempts(world, fate)):
        last = hours.after(last, pen.wait(6 * HOUR) + HOUR)
        last = happened_at(touch(world, lead, last, rep_at(lead, last, rep)))
    return hours.after(last, pen.wait(5 * HOUR) + MINUTE)


def _attempts(world: World, fate: Fate) -> int:
    more = {"accepted": 0.45, "rejected": 0.62, "fallen": 0.5, "recycled": 0.6, "pending": 0.8}[fate]
    count = 0
    while count < 7 and world.pen.chance(more):
        count += 1
    return count


def _book(world: World, lead: Lead, at: int, rep: Owner | None) -> None:
    starts = at + DAY + world.pen.below(4 * DAY)
    details = {
        "hs_meeting_source": "MEETINGS_PUBLIC",
        "hs_meeting_location_type": "VIDEO",
        "hs_meeting_title": "Demo",
    }
    outcomes = meeting_outcomes(world, at, starts)
    add(world, Engagement("meetings", starts, at, rep, [lead], None, details, outcomes, self_booked=True))


def _say(world: World, lead: Lead, fate: Fate, at: int, by: Owner | None) -> Verdict:
    pen = world.pen
    if fate == "accepted":
        if pen.chance(0.6):
            lead.statuses.append(Status(at, "CONNECTED", by))
        return Verdict(SQL, at, by)
    reason = lead.reasons[0].value if lead.reasons else pen.one_of(_REASONS)
    lead.reasons.append(Dated(at, reason))
    if fate == "fallen":
        return Verdict(LEAD, at, by)
    lead.statuses.append(Status(at, "UNQUALIFIED" if fate == "rejected" else "BAD_TIMING", by))
    if pen.chance(0.05):
        lead.statuses.append(Status(at + pen.wait(DAY), "UNQUALIFIED", by))
    stays = pen.chance(0.3)
    back = (
        at if pen.chance(0.2) else at + (pen.wait(MINUTE) if pen.chance(0.6) else pen.wait(3 * DAY)) + SECOND
    )
    return Verdict(None if stays else LEAD, back, by)


def inbound_call(world: World, lead: Lead, at: int, rep: Owner | None) -> None:
    """The lead calls: no touch."""
    details = call_details(world, "COMPLETED", "INBOUND")
    add(world, Engagement("calls", at, at, rep, [lead], None, details, []))
