"""What happened, by segment: read from a publication's marts, which are never written to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from errors import UsageProblem
from planning.goal import Window

QUERIES = Path(__file__).parent / "queries"
MATURE = "deals.created_at >= $starts_at and deals.created_at < $matured_at"


@dataclass
class History:
    """One segment's. `steps`: leads and converted by the stage they left; `days`: to customer, by stage."""

    amounts: list[float] = field(default_factory=list)
    created: int = 0
    won: int = 0
    decided: int = 0
    decided_well: int = 0
    brought: dict[str, int] = field(default_factory=dict)
    steps: dict[str, tuple[int, int]] = field(default_factory=dict)
    days: dict[str, list[float]] = field(default_factory=dict)

    def brought_to(self, stage: str) -> int:
        """How many leads came to a stage."""
        return self.brought.get(stage, 0)

    @property
    def revenue(self) -> float:
        """What was won."""
        return sum(self.amounts)


def merged(histories: Iterable[History]) -> History:
    """The whole company's."""
    whole = History()
    for one in histories:
        whole.amounts += one.amounts
        whole.created += one.created
        whole.won += one.won
        whole.decided += one.decided
        whole.decided_well += one.decided_well
        for stage, count in one.brought.items():
            whole.brought[stage] = whole.brought_to(stage) + count
        for stage, (leads, converted) in one.steps.items():
            before = whole.steps.get(stage, (0, 0))
            whole.steps[stage] = (before[0] + leads, before[1] + converted)
        for stage, days in one.days.items():
            whole.days[stage] = whole.days.get(stage, []) + days
    return whole


def read(database: Path, stages: list[str], customer: str, seen: Window) -> dict[str | None, History]:
    """By segment; None are the leads of no segment. `stages` are those that a step goes from or to, in order.

    Raises:
        UsageProblem: the publication holds no marts.
    """
    import duckdb

    times = {"starts_at": seen.starts_at, "matured_at": seen.matured_at, "as_of": seen.as_of}
    found: dict[str | None, History] = defaultdict(History)
    with duckdb.connect(str(database), read_only=True) as marts:
        _must_have_marts(marts, database)
        for segment, stage, leads, converted in _rows(marts, "steps", times, steps=_pairs(stages)):
            found[segment].steps[stage] = (leads, converted)
        ends = {"opportunity": stages[-1], "customer": customer}
        for segment, stage, leads in _rows(marts, "brought", times | ends):
            found[segment].brought[stage] = leads
        for segment, stage, days in _rows(marts, "days", times | {"customer": customer}):
            found[segment].days.setdefault(stage, []).append(days)
        for segment, *counts in _rows(marts, "deals", times, mature=MATURE):
            one = found[segment]
            one.created, one.won, one.decided, one.decided_well = counts
        for segment, amount in _rows(marts, "amounts", times):
            found[segment].amounts.append(amount)
    return dict(found)


def _rows(marts: Any, name: str, values: dict[str, Any], **parts: str) -> list[tuple[Any, ...]]:
    text = {one: (QUERIES / f"{one}.sql").read_text(encoding="utf-8") for one in (name, "entries")}
    sql = text[name].format(entries=text["entries"], **parts)
    used = {name: value for name, value in values.items() if f"${name}" in sql}
    rows: list[tuple[Any, ...]] = marts.execute(sql, used).fetchall()
    return rows


def _pairs(stages: list[str]) -> str:
    """Adjacent stages as SQL; their names are lower-case letters, digits and _ by the agreement's grammar."""
    return ", ".join(
        f"('{before}', '{after}')" for before, after in zip(stages, [*stages[1:], None], strict=True) if after
    )


def _must_have_marts(marts: Any, database: Path) -> None:
    if not marts.execute("select 1 from duckdb_tables() where schema_name = 'marts' limit 1").fetchone():
        raise UsageProblem(
            f"{database.parent} was published without marts, so there is no history to plan on. "
            "`smarketing run` publishes them once the checks pass."
        )
