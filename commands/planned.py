"""A plan on the screen: what it takes, what that rests on, and what to beware of."""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from commands.table import print_table

if TYPE_CHECKING:
    from planning import Figure, Need, Plan

IN_ALL = "(in all)"


def print_plan(plan: "Plan") -> None:
    """Needs, figures, warnings; counts are rounded outwards."""
    goal, seen = plan.goal, plan.seen
    click.echo(
        f"{plan.currency} {goal.revenue:,f} to be won per {goal.per}, planned for "
        f"{plan.starts_on} to {plan.ends_on}.\n"
    )
    rows = [(IN_ALL, *_need(need)) for need in plan.needs]
    if len(plan.parts) > 1:
        rows += [(part.segment, *_need(need)) for part in plan.parts for need in part.needs]
    print_table(("segment", "needed", "expected", "95 % range", "there by", "at the earliest"), rows)
    click.echo(
        f"\nIt rests on what happened from {seen.since} to {seen.as_of:%Y-%m-%d}; conversions and win rate on"
    )
    click.echo(f"what began by {seen.mature_to}, early enough to be judged.\n")
    print_table(("segment", "figure", "value", "95 % range", "cases"), list(_figures(plan)))
    for warning in plan.warnings:
        click.echo("\n" + click.wrap_text(f"Note: {_words(warning)}", 100, subsequent_indent="  "))
    click.echo("\n`--format yaml` prints this as commitments to paste into the agreement.")


def _need(need: "Need") -> tuple[str, ...]:
    days = [str(day) for day in need.exist_by[:2]] if need.exist_by else ["not known"] * 2
    if need.count is None:
        return _words(need.what), "not known", "", days[1], days[0]
    low, high = math.floor(need.count.low), math.ceil(need.count.high)
    return _words(need.what), f"{math.ceil(need.count.value):,}", f"{low:,} to {high:,}", days[1], days[0]


def _figures(plan: "Plan") -> Iterator[tuple[str, ...]]:
    """Each figure once, under whose it is."""
    seen = set()
    for part in plan.parts:
        for figure in part.figures.all():
            whose = part.segment if figure.of == "segment" else IN_ALL
            if (whose, figure) not in seen:
                seen.add((whose, figure))
                numbers = figure.estimate
                interval = f"{_shown(figure, numbers.low)} to {_shown(figure, numbers.high)}"
                yield whose, _words(figure.name), _shown(figure, numbers.value), interval, f"{figure.n:,}"


def _shown(figure: "Figure", number: float) -> str:
    """To about three digits, which is more than any history knows."""
    if figure.unit == "share":
        return f"{number:.1%}"
    if figure.unit == "days":
        return f"{number:.1f} days"
    if figure.unit == "for each" or number < 100:
        return f"{number:.2f}"
    return f"{round(number, 2 - math.floor(math.log10(number))):,.0f}"


def _words(text: str) -> str:
    return text.replace("_", " ")
