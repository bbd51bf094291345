"""Writes the whole story, lead by lead in the order of their creation, and numbers everything for the CRM."""

from operator import attrgetter

from sandbox.plot.arrivals import arrivals
from sandbox.plot.asides import decorate, settle_scores
from sandbox.plot.funnel import live
from sandbox.plot.pen import Pen
from sandbox.plot.people import meet
from sandbox.plot.routing import hand_over_from_leaver, own_early
from sandbox.plot.sidelines import follow
from sandbox.plot.world import World

FIRST_CONTACT = 70_000_000_001
FIRST_COMPANY = 30_000_000_001
FIRST_DEAL = 41_000_000_001
FIRST_ENGAGEMENT = 90_000_000_001


def write(contacts: int, seed: int) -> World:
    """The story of a company with `contacts` contacts at the default now. Same arguments, same story."""
    world = World(Pen(seed))
    for number, (at, imported) in enumerate(arrivals(world.pen, contacts)):
        lead = meet(world, number, at, imported)
        own_early(world, lead)
        live(world, lead)
        hand_over_from_leaver(world, lead)
        decorate(world, lead)
        settle_scores(world, lead)
        lead.statuses.sort(key=attrgetter("at"))
        lead.intents.sort(key=attrgetter("at"))
        lead.scores.sort(key=attrgetter("at"))
        lead.reasons.sort(key=attrgetter("at"))
    _number(world)
    follow(world, seed)
    return world


def _number(world: World) -> None:
    """Ids grow with creation, with gaps as a portal has them; engagements of all kinds share one sequence."""
    for lead in world.leads:
        lead.id = FIRST_CONTACT + 7 * lead.number
    for n, firm in enumerate(world.firms):
        firm.id = FIRST_COMPANY + 3 * n
    world.deals.sort(key=attrgetter("created_at"))
    for n, deal in enumerate(world.deals):
        deal.id = FIRST_DEAL + 11 * n
    world.engagements.sort(key=attrgetter("logged_at"))
    for n, engagement in enumerate(world.engagements):
        engagement.id = FIRST_ENGAGEMENT + 2 * n
