"""How a handed-off lead finds its salesperson: before, at once, late, through the queue, or never."""

from typing import Literal

from sandbox.instants import DAY, HOUR, MINUTE, SECOND
from sandbox.plot.pen import Odds
from sandbox.plot.world import World, owner_at, still_here
from sandbox.staff import LEAVER, LEAVER_LEFT_AT, QUEUE, Owner
from sandbox.story import SQL, Assignment, Lead

Route = Literal["at_once", "same_instant", "late", "queue", "never"]
_ROUTES: Odds[Route] = Odds({"at_once": 70, "same_instant": 8, "late": 7, "queue": 13, "never": 4})


def own_early(world: World, lead: Lead) -> None:
    """Some leads belong to somebody from the beginning, or from a few days on."""
    if world.pen.chance(0.16):
        at = lead.created_at + (0 if world.pen.chance(0.5) else world.pen.wait(2 * DAY))
        assign(lead, at, world.rep_for(lead, at))


def route(world: World, lead: Lead, at: int) -> tuple[int, Owner | None]:
    """Assign a lead handed off at `at`; returns from when on who works it (None: nobody ever does)."""
    present = owner_at(lead, at)
    if present is not None and present is not QUEUE and still_here(present, at) is present:
        _perhaps_pass_on(world, lead, at)
        return at, present
    pen, kind = world.pen, world.pen.draw(_ROUTES)
    if kind == "never":
        return at, None
    if kind == "same_instant":
        assigned_at = at
    elif kind == "late":
        assigned_at = at + pen.wait(9 * HOUR) + HOUR
    else:
        assigned_at = at + pen.wait(4 * MINUTE) + 2 * SECOND
    if kind == "queue":
        assign(lead, assigned_at, QUEUE)
        assigned_at += pen.wait(5 * HOUR) + MINUTE
    rep = world.rep_for(lead, assigned_at)
    assign(lead, assigned_at, rep)
    _perhaps_pass_on(world, lead, assigned_at)
    return assigned_at, rep


def assign(lead: Lead, at: int, owner: Owner | None, by: Owner | None = None) -> None:
    """Write down an assignment; the list stays in order, whatever the order of writing."""
    lead.owners.append(Assignment(at, owner, by))
    lead.owners.sort(key=lambda assignment: assignment.at)


def hand_over_from_leaver(world: World, lead: Lead) -> None:
    """A leaver's leads go to a colleague within the hour; some that nobody worked are forgotten."""
    is_worked = any(move.stage >= SQL for move in lead.moves)
    if owner_at(lead, LEAVER_LEFT_AT) is LEAVER and (is_worked or world.pen.chance(0.8)):
        assign(lead, LEAVER_LEFT_AT + world.pen.below(HOUR), still_here(LEAVER, LEAVER_LEFT_AT))


def _perhaps_pass_on(world: World, lead: Lead, at: int) -> None:
    if world.pen.chance(0.05):
        later = at + world.pen.wait(8 * HOUR) + 5 * MINUTE
        assign(lead, later, world.rep_for(lead, later))
