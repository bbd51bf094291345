"""A lead's way through the funnel: forward, over, back, and round again."""

from collections.abc import Callable

from sandbox.instants import DAY, HOUR, MINUTE, SECOND, STORY_END
from sandbox.plot.deals import breathing_space, is_free, last_word, open_deal
from sandbox.plot.handoff import hand_off
from sandbox.plot.outreach import rep_at, touch
from sandbox.plot.pen import Odds
from sandbox.plot.routing import assign
from sandbox.plot.world import World, owner_at, still_here
from sandbox.staff import QUEUE, Owner
from sandbox.story import CONTACT, CUSTOMER, LEAD, MQL, OPPORTUNITY, PROMOTER, SQL, Dated, Lead, Move, Status

_BORN: dict[str, Odds[int]] = {
    "Demo request": Odds({LEAD: 55, MQL: 42, SQL: 3}),
    "Pricing page": Odds({CONTACT: 10, LEAD: 78, MQL: 12}),
    "Contact us": Odds({CONTACT: 20, LEAD: 78, CUSTOMER: 2}),
    "Newsletter sign-up": Odds({CONTACT: 97, LEAD: 3}),
}
_BORN_OTHERWISE: Odds[int] = Odds({CONTACT: 62, LEAD: 36, MQL: 1.5, CUSTOMER: 0.5})
_QUALIFIES = {"Demo request": 0.8, "Pricing page": 0.55, "Contact us": 0.4, "Newsletter sign-up": 0.12}
_LONGEST = 16
Step = tuple[int, int, Owner | None] | None


def live(world: World, lead: Lead) -> None:
    """Write the lead's stages from its creation to the end of its story."""
    stage = world.pen.draw(_BORN.get(lead.intents[0].value, _BORN_OTHERWISE))
    step: Step = (lead.created_at, stage, None)
    while step is not None and len(lead.moves) < _LONGEST and step[0] < STORY_END:
        at, stage, by = step
        lead.moves.append(Move(at, stage, by))
        step = _NEXT[stage](world, lead, at)


def _from_contact(world: World, lead: Lead, at: int) -> Step:
    pen = world.pen
    if not pen.chance(0.34):
        return None
    at += pen.wait(18 * DAY) + MINUTE
    return at, MQL if pen.chance(0.12) else LEAD, None


def _from_lead(world: World, lead: Lead, at: int) -> Step:
    pen = world.pen
    again = sum(move.stage == MQL for move in lead.moves)
    if not pen.chance(_QUALIFIES.get(lead.intents[-1].value, 0.3) * (0.6 if again else 1)):
        return None
    wait = pen.wait(30 * DAY) + 14 * DAY if again else pen.wait(6 * DAY) + MINUTE
    at += wait
    if pen.chance(0.03):
        return at, SQL, rep_at(lead, at, None)
    _warm_up(world, lead, at, bool(again))
    return at, MQL, None


def _warm_up(world: World, lead: Lead, at: int, again: bool) -> None:
    """What made marketing think so: a score, and for a recycled lead often a new request."""
    pen = world.pen
    weak = pen.chance(0.11)
    lead.scores.append(Dated(at - SECOND, str(pen.between(12, 46) if weak else pen.between(50, 100))))
    if again and pen.chance(0.5):
        lead.intents.append(
            Dated(at - 2 * SECOND, pen.one_of(("Demo request", "Pricing page", "Webinar registration")))
        )


def _from_mql(world: World, lead: Lead, at: int) -> Step:
    if len(lead.moves) > 1 and lead.moves[-2].stage > MQL:
        return _from_fallen_mql(world, lead, at)
    if len(lead.scores) == 1:
        _warm_up(world, lead, at + 2 * SECOND, again=False)
    verdict = hand_off(world, lead, at)
    if verdict is None or verdict.stage is None:
        return None
    return max(verdict.at, at), verdict.stage, verdict.by


def _from_fallen_mql(world: World, lead: Lead, at: int) -> Step:
    if not world.pen.chance(0.3):
        return None
    at += world.pen.wait(10 * DAY) + HOUR
    return at, SQL, rep_at(lead, at, None)


def _from_sql(world: World, lead: Lead, at: int) -> Step:
    pen = world.pen
    _make_sure_of_an_owner(world, lead, at)
    rep = rep_at(lead, at, None)
    later = at
    for _ in range(pen.below(3)):
        later += pen.wait(20 * HOUR) + HOUR
        touch(world, lead, later, rep_at(lead, later, rep))
    later += pen.wait(6 * DAY) + HOUR
    fate = pen.random()
    if fate < 0.55 and is_free(lead, later):
        return later, OPPORTUNITY, rep
    if 0.55 <= fate < 0.58:
        return later, CUSTOMER, rep
    if 0.58 <= fate < 0.72:
        lead.statuses.append(Status(later, "UNQUALIFIED", rep))
        return later + SECOND, pen.draw(_FALL_FROM_SQL), rep
    return None


_FALL_FROM_SQL = Odds({LEAD: 60, CONTACT: 10, MQL: 30})


def _make_sure_of_an_owner(world: World, lead: Lead, at: int) -> None:
    """An accepted lead is somebody's; except every 150th, which is taken from its owner next day."""
    owner = owner_at(lead, at)
    if owner is None or owner is QUEUE or still_here(owner, at) is not owner:
        assign(lead, at, world.rep_for(lead, at))
    first_time = sum(move.stage >= SQL for move in lead.moves) == 1
    if first_time and not lead.is_staff and world.is_the_rare_one("sql_has_owner", at):
        assign(lead, at + DAY, None)


def _from_opportunity(world: World, lead: Lead, at: int) -> Step:
    pen = world.pen
    deal = open_deal(world, lead, at - pen.below(2 * SECOND) if at > lead.created_at + 5 * SECOND else at)
    rep = deal.owner
    later = at + pen.wait(3 * DAY)
    if later < deal.closed_at and pen.chance(0.6):
        touch(world, lead, later, rep_at(lead, later, rep))
    if deal.won:
        return last_word(deal), CUSTOMER, rep
    if pen.chance(0.35):
        return deal.closed_at + pen.wait(DAY) + SECOND, pen.draw(_FALL_FROM_SQL), rep
    return None


def _from_customer(world: World, lead: Lead, at: int) -> Step:
    pen = world.pen
    if not lead.owners:
        assign(lead, at, world.rep_for(lead, at))
    again = at
    while pen.chance(0.22):
        again += breathing_space(world)
        if not is_free(lead, again):
            break
        again = open_deal(world, lead, again).closed_at
    if pen.chance(0.16):
        return at + pen.wait(50 * DAY) + DAY, PROMOTER, None
    return None


def _from_promoter(world: World, lead: Lead, at: int) -> Step:
    return None


_NEXT: dict[int, Callable[[World, Lead, int], Step]] = {
    CONTACT: _from_contact,
    LEAD: _from_lead,
    MQL: _from_mql,
    SQL: _from_sql,
    OPPORTUNITY: _from_opportunity,
    CUSTOMER: _from_customer,
    PROMOTER: _from_promoter,
}
