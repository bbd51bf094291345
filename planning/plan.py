"""The sum itself: from revenue through deals and customers back to responses, for each segment and in all."""

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from agreement import Agreement
from planning import history, warnings
from planning.estimates import Estimate, quotient, total
from planning.figures import Figure, Figures, Stages, figures
from planning.funnel import stages_of
from planning.goal import Goal, Window, next_period, window
from planning.shares import shares

WON = "deals won"
Days = tuple[date, date, date]


@dataclass(frozen=True)
class Need:
    """How many of something are needed: leads that enter a stage in the period, or deals won in it.

    `count` None: the history cannot say. `exist_by`: the days by which they must be there, for slow, typical
    and quick ones; None where the history knows no cycle time.
    """

    what: str
    count: Estimate | None
    exist_by: Days | None


@dataclass(frozen=True)
class Part:
    """A segment's share of the goal, what it needs, and the figures that this was worked out from."""

    segment: str
    share: float
    revenue: float
    figures: Figures
    needs: tuple[Need, ...]


@dataclass(frozen=True)
class Plan:
    """For the first whole period after the history ends. `needs`: in all, in the order of the funnel."""

    goal: Goal
    currency: str
    starts_on: date
    ends_on: date
    seen: Window
    stages: Stages
    needs: tuple[Need, ...]
    parts: tuple[Part, ...]
    warnings: tuple[str, ...]


def plan(agreement: Agreement, database: Path, as_of: datetime, goal: Goal) -> Plan:
    """Plan for `goal` on the marts in `database`, which are as of `as_of`.

    Raises:
        UsageProblem: no such segment, a funnel that cannot be planned, or no history to plan on.
    """
    stages = stages_of(agreement)
    seen = window(goal, as_of, agreement.timezone, agreement.mature_after_days)
    histories = history.read(database, stages.climbed, stages.customer, seen)
    company = history.merged(histories.values())
    starts_on, ends_on = next_period(goal.per, as_of, agreement.timezone)
    parts = []
    for segment, own, share in shares(agreement, goal, histories, seen.since):
        used, revenue = figures(own, company, stages), float(goal.revenue) * share
        parts.append(Part(segment, share, revenue, used, _needs(used, revenue, stages, ends_on)))
    needs = _in_all(parts, _days(figures(company, company, stages), stages, ends_on))
    told = _warnings(agreement, goal, parts, needs, as_of)
    return Plan(goal, agreement.currency, starts_on, ends_on, seen, stages, needs, tuple(parts), told)


def _needs(used: Figures, revenue: float, stages: Stages, ends_on: date) -> tuple[Need, ...]:
    """From the top of the funnel downwards, each need being the one above over the rate between them."""
    days = _days(used, stages, ends_on)
    counts = {
        WON: _count(revenue, [], [used.deal_size]),
        stages.customer: _count(revenue, [used.customers_per_deal], [used.deal_size]),
    }
    over = [used.deal_size, used.win_rate]
    for stage in reversed(stages.climbed):
        over += [used.conversion[stage]] if stage in used.conversion else []
        counts[stage] = _count(revenue, [used.opportunities_per_deal], over)
    return tuple(Need(what, counts[what], days[what]) for what in (*stages.climbed, stages.customer, WON))


def _count(revenue: float, times: list[Figure | None], over: list[Figure | None]) -> Estimate | None:
    up, down = [one.estimate for one in times if one], [one.estimate for one in over if one]
    if len(up) < len(times) or len(down) < len(over):
        return None
    for_one = quotient(up, down)
    return for_one and for_one.times(revenue)


def _days(used: Figures, stages: Stages, ends_on: date) -> dict[str, Days | None]:
    """A lead must be at a stage as long before the period's end as customers take from there."""
    found: dict[str, Days | None] = {stages.customer: (ends_on,) * 3, WON: (ends_on,) * 3}
    for stage, figure in used.days.items():
        found[stage] = _before(ends_on, figure.estimate) if figure else None
    return found


def _before(day: date, days: Estimate) -> Days:
    slow, typical, quick = (math.ceil(one) for one in (days.high, days.value, days.low))
    return day - timedelta(days=slow), day - timedelta(days=typical), day - timedelta(days=quick)


def _in_all(parts: list[Part], days: dict[str, Days | None]) -> tuple[Need, ...]:
    together = any(one.of == "company" for part in parts for one in part.figures.all())
    needs = []
    for column in zip(*(part.needs for part in parts), strict=True):
        known = [need.count for need in column if need.count]
        whole = total(known, together=together) if len(known) == len(column) else None
        needs.append(Need(column[0].what, whole, days[column[0].what]))
    return tuple(needs)


def _warnings(
    agreement: Agreement, goal: Goal, parts: list[Part], needs: tuple[Need, ...], as_of: datetime
) -> tuple[str, ...]:
    by_segment = {part.segment: part.figures for part in parts}
    wanted = goal.segments or [one.segment for one in agreement.segments]
    due = {need.what: need.exist_by[1] for need in needs if need.exist_by}
    return (
        *warnings.thin(by_segment),
        *warnings.borrowed(by_segment),
        *warnings.left_out([one for one in wanted if one not in by_segment]),
        *warnings.unknown([need.what for need in needs if need.count is None]),
        *warnings.late(due, as_of),
    )
