"""Deals: opened by a lead at the opportunity stage, moved along their pipeline, won or lost."""

from sandbox.instants import DAY, HOUR, MINUTE
from sandbox.plot.outreach import rep_at
from sandbox.plot.world import World
from sandbox.records.pipelines import PATHS
from sandbox.story import Dated, Deal, Lead

_WIN = 0.34
_MEAN = {"small": 9_000, "mid": 26_000, "large": 90_000}


def is_free(lead: Lead, at: int) -> bool:
    """Whether no earlier deal of the lead or its company is still running at `at`: deals come one by one."""
    deals = lead.firm.deals if lead.firm else lead.deals
    return all(deal.closed_at < at for deal in deals)


def open_deal(world: World, lead: Lead, at: int) -> Deal:
    """A deal of `lead` created at `at`, with everything that will happen to it."""
    pen = world.pen
    in_nz = lead.country == "New Zealand"
    pipeline = "71000002" if in_nz else "default"
    won = pen.chance(_WIN)
    closed_at = at + DAY + pen.wait(24 * DAY)
    name = f"{lead.firm.name if lead.firm else lead.last_name} - {'renewal' if lead.deals else 'new'}"
    amounts = [(at, _cents(world, lead))]
    if pen.chance(0.25):
        amounts.append((at + (closed_at - at) // 2, amounts[0][1] * (80 + pen.below(30)) // 100))
    deal = Deal(
        created_at=at,
        name=name,
        pipeline=pipeline,
        currency="NZD" if in_nz and pen.chance(0.7) else "AUD",
        owner=rep_at(lead, at, None),
        leads=[lead, *_committee(world, lead, at)],
        firm=lead.firm,
        stages=_stages(world, pipeline, at, closed_at, won),
        amounts=amounts,
        closed_at=closed_at,
        won=won,
        expected_at=at + 30 * DAY,
    )
    _file(world, deal)
    return deal


def _file(world: World, deal: Deal) -> None:
    world.deals.append(deal)
    for lead in deal.leads:
        lead.deals.append(deal)
    if deal.firm:
        deal.firm.deals.append(deal)


def _committee(world: World, lead: Lead, at: int) -> list[Lead]:
    if not lead.firm or not world.pen.chance(0.4):
        return []
    return [other for other in lead.firm.leads if other is not lead and other.created_at < at][:3]


def _stages(world: World, pipeline: str, start: int, end: int, won: bool) -> list[Dated]:
    steps, (won_stage, lost_stage) = PATHS[pipeline]
    reached = len(steps) if won else 1 + world.pen.below(len(steps))
    stages = [Dated(start + (end - start) * i // (reached + 1), steps[i]) for i in range(reached)]
    if world.pen.chance(0.03) and len(stages) > 1:
        stages[1] = Dated(stages[0].at, stages[1].value)
    return [*stages, Dated(end, won_stage if won else lost_stage)]


def _cents(world: World, lead: Lead) -> int:
    size = int(lead.firm.employees[-1].value) if lead.firm and lead.firm.employees else 10
    mean = _MEAN["large" if size >= 250 else "mid" if size >= 50 else "small"]
    return 100 * (mean // 3) + world.pen.wait(mean * 100 * 2 // 3)


def last_word(deal: Deal) -> int:
    """When a customer is entered as one: a moment after the deal was won."""
    return deal.closed_at + MINUTE // 30


def breathing_space(world: World) -> int:
    """How long after a deal the next one may come."""
    return world.pen.wait(60 * DAY) + HOUR
