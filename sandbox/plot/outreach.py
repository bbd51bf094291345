"""Sales reaching out: calls, mails, messages, meetings, and the log that the CRM keeps of them."""

from sandbox.business_time import calendar
from sandbox.instants import DAY, HOUR, MINUTE
from sandbox.plot.pen import Odds
from sandbox.plot.world import World, owner_at, still_here
from sandbox.staff import QUEUE, Owner
from sandbox.story import Dated, Engagement, Lead

_MEDIA = Odds({"call": 46, "email": 30, "text": 6, "meeting": 5, "video_call": 6, "social": 7})
_CALLS = Odds({"COMPLETED": 48, "NO_ANSWER": 40, "BUSY": 6})
_MEETING_ENDS = Odds({"COMPLETED": 70, "NO_SHOW": 12, "RESCHEDULED": 8, "CANCELED": 10})
_CHANNELS = {"text": ("SMS", "WHATS_APP"), "social": ("LINKEDIN_MESSAGE",)}
APART = 31 * MINUTE


def touch(world: World, lead: Lead, at: int, rep: Owner | None, medium: str | None = None) -> Engagement:
    """One touch at `at`, at least half an hour after the one before, with what the CRM holds of it."""
    medium = medium or world.pen.draw(_MEDIA)
    at = _spaced(lead, at)
    if medium == "call":
        return _call(world, lead, at, rep)
    if medium == "email":
        details = {
            "hs_email_direction": "EMAIL",
            "hs_email_status": "SENT",
            "hs_email_subject": "Following up",
        }
        return add(world, Engagement("emails", at, _logged(world, at), rep, [lead], medium, details, []))
    if medium in _CHANNELS:
        channel = world.pen.one_of(_CHANNELS[medium])
        details = {"hs_communication_channel_type": channel, "hs_communication_logged_from": "CRM"}
        return add(
            world, Engagement("communications", at, _logged(world, at), rep, [lead], medium, details, [])
        )
    return _meeting(world, lead, at, rep, medium)


def add(world: World, engagement: Engagement) -> Engagement:
    """Put it on the timeline of each of its leads."""
    world.engagements.append(engagement)
    for lead in engagement.leads:
        lead.engagements.append(engagement)
    return engagement


def rep_at(lead: Lead, at: int, otherwise: Owner | None) -> Owner | None:
    """Who works the lead at `at`: its owner unless that is the queue or nobody."""
    owner = owner_at(lead, at)
    worker = otherwise if owner is None or owner is QUEUE else owner
    return still_here(worker, at) if worker else None


def call_details(world: World, status: str, direction: str | None) -> dict[str, str]:
    """The CRM's properties of a call."""
    length = world.pen.wait(4 * MINUTE) if status == "COMPLETED" else 0
    details = {"hs_call_status": status, "hs_call_duration": str(length), "hs_call_title": "Call"}
    details["hs_object_source"] = "INTEGRATION" if world.pen.chance(0.3) else "CRM_UI"
    return details | ({"hs_call_direction": direction} if direction else {})


def _call(world: World, lead: Lead, at: int, rep: Owner | None) -> Engagement:
    pen = world.pen
    details = call_details(world, pen.draw(_CALLS), None if pen.chance(0.06) else "OUTBOUND")
    owner = None if pen.chance(0.02) else rep
    leads = [lead]
    if pen.chance(0.02) and lead.firm:
        leads += [other for other in lead.firm.leads[:2] if other is not lead and other.created_at < at]
    first = add(world, Engagement("calls", at, _logged(world, at), owner, leads, "call", details, []))
    if pen.chance(0.05) and owner is not None:
        again = at + pen.between(MINUTE, 9 * MINUTE)
        repeat = call_details(world, "NO_ANSWER", "OUTBOUND")
        add(world, Engagement("calls", again, again + MINUTE // 2, owner, [lead], "call", repeat, []))
    return first


def _meeting(world: World, lead: Lead, at: int, rep: Owner | None, medium: str) -> Engagement:
    pen = world.pen
    zone = calendar(rep.calendar if rep else "default")
    starts = zone.after(at, pen.wait(12 * HOUR) + HOUR)
    where = "VIDEO" if medium == "video_call" else pen.one_of(("ADDRESS", "PHONE"))
    details = {
        "hs_meeting_source": "CRM_UI",
        "hs_meeting_location_type": where,
        "hs_meeting_title": "Meeting",
    }
    return add(
        world,
        Engagement("meetings", starts, at, rep, [lead], medium, details, meeting_outcomes(world, at, starts)),
    )


def meeting_outcomes(world: World, booked_at: int, starts: int) -> list[Dated]:
    """Scheduled at first; then what became of it, an hour after it began (or before, when cancelled)."""
    end = world.pen.draw(_MEETING_ENDS)
    settled = (booked_at + starts) // 2 if end in {"CANCELED", "RESCHEDULED"} else starts + HOUR
    return [Dated(booked_at, "SCHEDULED"), Dated(settled, end)]


def _logged(world: World, at: int) -> int:
    """When the CRM learnt of it: at once, mostly; a few are written down a week later."""
    if world.pen.chance(0.03):
        return at + 6 * DAY + world.pen.below(3 * DAY)
    return at if world.pen.chance(0.5) else at + world.pen.wait(5 * MINUTE)


def _spaced(lead: Lead, at: int) -> int:
    taken = sorted(happened_at(engagement) for engagement in lead.engagements if engagement.medium)
    for instant in taken:
        if abs(instant - at) < APART:
            at = instant + APART
    return at


def happened_at(engagement: Engagement) -> int:
    """When it reached out: a meeting at its booking, anything else at its own time."""
    return engagement.logged_at if engagement.kind == "meetings" else engagement.at
