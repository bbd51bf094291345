"""How the goal is spread: by what each segment won."""

from collections.abc import Iterator
from datetime import date

from agreement import Agreement
from agreement.problems import nearest
from errors import UsageProblem
from planning.goal import Goal
from planning.history import History

NO_SEGMENT = "(no segment)"
EVERYONE = "(all leads)"


def shares(
    agreement: Agreement, goal: Goal, histories: dict[str | None, History], since: date
) -> Iterator[tuple[str, History, float]]:
    """Each segment that won something, its history, and its share of what the segments of the goal won.

    Raises:
        UsageProblem: the goal names a segment that is not there, or only segments that won nothing.
    """
    wanted = _wanted(agreement, goal)
    won = {key: histories[key].revenue for key in wanted if key in histories}
    whole = sum(won.values())
    if not whole:
        raise UsageProblem(
            f"{' and '.join(goal.segments) or 'The company'} won nothing in the time looked at, from "
            f"{since} on, so there is no history to plan on. --since takes an earlier day."
        )
    for key, revenue in won.items():
        if revenue:
            yield key or (NO_SEGMENT if agreement.segments else EVERYONE), histories[key], revenue / whole


def _wanted(agreement: Agreement, goal: Goal) -> list[str | None]:
    names = [one.segment for one in agreement.segments]
    for one in goal.segments:
        if one not in names:
            near = nearest(one, names)
            known = f"There are: {', '.join(names)}." if names else "The agreement has no segments."
            meant = f" Did you mean {near}?" if near else ""
            raise UsageProblem(f"There is no segment called '{one}'.{meant} {known}")
    return [name for name in names if name in goal.segments] if goal.segments else [*names, None]
