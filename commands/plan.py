"""From a revenue goal to what each side must commit to."""

import json
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import click

from commands.front import Shared, example
from commands.planned import print_plan
from errors import UsageProblem


class Money(click.ParamType[Decimal]):
    """An amount above 0, with or without commas."""

    name = "amount"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """`value` as it was meant; what is no amount is a usage error."""
        try:
            amount = Decimal(str(value).replace(",", "").replace("_", ""))
        except InvalidOperation:
            amount = Decimal(0)
        if not amount.is_finite() or amount <= 0:
            self.fail(f"'{value}' is not an amount like 900000.", param, ctx)
        return amount


class Day(click.ParamType[date]):
    """A day of the company's calendar."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """`value` as a day; anything else is a usage error."""
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"'{value}' is not a day like 2026-01-31.", param, ctx)


@click.command(
    epilog=example(
        "smarketing agreement plan --revenue 900000",
        "smarketing agreement plan --revenue 300,000 --per month --segment enterprise --format yaml",
    )
)
@click.option("--revenue", type=Money(), required=True, help="What is to be won, in the company's currency.")
@click.option("--per", type=click.Choice(["month", "quarter", "year"]), default="quarter", show_default=True)
@click.option("--segment", "segments", multiple=True, help="Only this segment; may be given several times.")
@click.option("--since", type=Day(), help="Use history from this day on; by default twelve months.")
@click.option(
    "--format", "form", type=click.Choice(["text", "yaml", "json"]), default="text", show_default=True,
    help="For people, to paste into the agreement, or for programs.",
)  # fmt: skip
@click.pass_obj
def plan(shared: Shared, /, form: str, **wanted: Any) -> None:
    """Work out what a revenue goal asks of both departments.

    From the goal through the company's own deal size, win rate, conversions and cycle times, segment by
    segment, back to the customers, opportunities, qualified leads and responses that it takes: as ranges,
    with the day by which each must be there. It reads what is published, and changes nothing.
    """
    from agreement import load
    from planning import Goal
    from planning import plan as planned
    from planning.as_json import as_json
    from planning.proposal import proposal
    from publish import current

    signed, published = load(shared.project.agreement_file), current(shared.project)
    if published is None or published.marts_as_of is None:
        raise UsageProblem(f"Nothing has been published in {shared.project.root} yet. `smarketing run` does.")
    found = planned(signed, published.database, published.marts_as_of, Goal(**wanted))
    if form == "json":
        click.echo(json.dumps(as_json(found), indent=2, ensure_ascii=False))
    elif form == "yaml":
        click.echo(proposal(found, signed), nl=False)
    else:
        print_plan(found)
