"""A plan as commitments, ready to paste into a version of the agreement."""

import math
from collections.abc import Iterator

from agreement import Agreement
from agreement.quantities import plain_number
from agreement.words import MQL
from planning.plan import WON, Need, Plan
from planning.shares import EVERYONE, NO_SEGMENT

LONGEST_NAME = 50


def proposal(plan: Plan, agreement: Agreement) -> str:
    """YAML: what marketing delivers and what sales converts, indented as it stands in a version.

    Targets are the expected numbers, rounded up (the whole is never less than its parts), with their ranges
    beside them. Names that the newest version uses already are not used again.
    """
    taken = {one.commitment for one in agreement.versions[-1].commitments}
    goal, seen = plan.goal, plan.seen
    won = f"{plan.currency} {plain_number(goal.revenue)} won per {goal.per}"
    lines = [f"    # {won}, on what happened from {seen.since} to {seen.as_of:%Y-%m-%d}.", "    commitments:"]
    for party, needs in _by_party(plan).items():
        lines.append(f"      {party}:")
        for need in needs:
            lines += _line(plan, need, "deliver" if party == "marketing" else "convert", taken)
        if party == "sales":
            lines.append(_revenue(plan, taken))
    return "\n".join(lines) + "\n"


def _by_party(plan: Plan) -> dict[str, list[Need]]:
    place = {stage: rank for rank, stage in enumerate(plan.stages.climbed)}
    known = [need for need in plan.needs if need.count and need.what != WON]
    marketing = [need for need in known if place.get(need.what, len(place)) <= place[MQL]]
    parties = {"marketing": marketing, "sales": [need for need in known if need not in marketing]}
    return {party: needs for party, needs in parties.items() if needs or party == "sales"}


def _line(plan: Plan, need: Need, key: str, taken: set[str]) -> Iterator[str]:
    assert need.count is not None  # noqa: S101 -- _by_party keeps those with a count
    by = {
        part.segment: math.ceil(one.count.value)
        for part in plan.parts
        for one in part.needs
        if one.what == need.what and one.count
    }
    target = max(math.ceil(need.count.value), sum(by.values()))
    low, high = math.floor(need.count.low), math.ceil(need.count.high)
    day = f"; there by {need.exist_by[1]}" if need.exist_by and need.exist_by[1] < plan.ends_on else ""
    yield f"        # 95 % range {low} to {high}{day}"
    yield (
        f"        - {{commitment: {_name(need.what, taken)}, {key}: {need.what}, "
        f"target: {target}, per: {plan.goal.per}{_slices(by)}}}"
    )


def _revenue(plan: Plan, taken: set[str]) -> str:
    by = {part.segment: max(1, round(part.revenue)) for part in plan.parts}
    name, target = _name("revenue", taken), plain_number(plan.goal.revenue)
    promise = f"commitment: {name}, convert_value: won, target: {target}, per: {plan.goal.per}{_slices(by)}"
    return f"        - {{{promise}}}"


def _slices(by: dict[str, int]) -> str:
    named = [f"{one}: {count}" for one, count in by.items() if one not in (NO_SEGMENT, EVERYONE)]
    return f", by: {{segment: {{{', '.join(named)}}}}}" if named else ""


def _name(what: str, taken: set[str]) -> str:
    stem = f"planned_{what}"[: LONGEST_NAME - 3]
    name = next(one for n in range(1, 100) if (one := stem if n == 1 else f"{stem}_{n}") not in taken)
    taken.add(name)
    return name
