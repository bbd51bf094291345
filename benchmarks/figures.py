"""From what was measured to the tables of RESULTS.md: medians, spreads, ratios and exponents."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import linear_regression, median

STAGES = ("build", "check", "publish")
NIGHTS = ("first", "1 %", "quiet")


@dataclass(frozen=True)
class Cost:
    """Of one process: seconds on the wall and of the processors, megabytes at its peak."""

    wall: float
    cpu: float
    peak: float


@dataclass
class Size:
    """What was measured at one size: costs by night and stage, CPU seconds by hand, the report alone.

    By hand `keep` is a bare copy of what publishing also keeps beside the working file.
    """

    contacts: int
    costs: dict[tuple[str, str], list[Cost]] = field(default_factory=dict)
    hand: dict[str, list[float]] = field(default_factory=lambda: {"build": [], "publish": [], "keep": []})
    reports: list[Cost] = field(default_factory=list)

    def add(self, night: str, stage: str, cost: Cost) -> None:
        """One more repetition."""
        self.costs.setdefault((night, stage), []).append(cost)

    def cpu(self, night: str, stage: str) -> float:
        """The median of processor seconds."""
        return median(cost.cpu for cost in self.costs[night, stage])

    def by_hand(self, stage: str) -> float:
        """The median of processor seconds; 0 for what has no baseline here."""
        return median(self.hand[stage]) if self.hand.get(stage) else 0.0


def table(sizes: Sequence[Size], imports: Sequence[Cost]) -> list[str]:
    """Markdown; the first size is the smallest portal, whose cost is taken for the fixed one."""
    tiny, *grown = sizes
    return [
        f"Importing dlt, dbt and Great Expectations: {_spread([one.cpu for one in imports])} CPU s.",
        "",
        *_costs(sizes),
        "",
        *_ratios(tiny, grown),
        "",
        *_exponents(tiny, grown),
    ]


def fixed(tiny: Size, night: str, stage: str) -> float:
    """What a stage costs whatever the portal's size: that of the smallest, without its SQL."""
    return tiny.cpu(night, stage) - (tiny.by_hand(stage) if night == "first" else 0.0)


def beyond(tiny: Size, one: Size, night: str, stage: str) -> float:
    """What a stage costs at a size, the fixed cost and the copy for safekeeping apart."""
    kept = one.by_hand("keep") if stage == "publish" else 0.0
    return one.cpu(night, stage) - fixed(tiny, night, stage) - kept


def ours(tiny: Size, one: Size, night: str, stage: str) -> float:
    """The same, the bare copy of the published tables apart too."""
    return beyond(tiny, one, night, stage) - (one.by_hand(stage) if stage == "publish" else 0.0)


def _costs(sizes: Sequence[Size]) -> Iterator[str]:
    yield "| contacts | night | stage | CPU s (spread) | wall s | peak MB |"
    yield "|---|---|---|---|---|---|"
    for one in sizes:
        for (night, stage), costs in one.costs.items():
            yield f"| {one.contacts:,} | {night} | {stage} | {_told(costs)} |"
        yield f"| {one.contacts:,} | any | the report alone | {_told(one.reports)} |"


def _told(costs: Sequence[Cost]) -> str:
    wall, peak = median(cost.wall for cost in costs), max(cost.peak for cost in costs)
    return f"{_spread([cost.cpu for cost in costs])} | {wall:.1f} | {peak:.0f}"


def _spread(values: Sequence[float]) -> str:
    return f"{median(values):.1f} ({min(values):.1f} to {max(values):.1f})"


def _ratios(tiny: Size, grown: Sequence[Size]) -> Iterator[str]:
    yield "| contacts | stage | fixed | kept copy | beyond both | by hand | ratio | 1 % night | quiet night |"
    yield "|---" * 9 + "|"
    for one in grown:
        for stage in STAGES:
            first = beyond(tiny, one, "first", stage)
            hand = one.by_hand(stage)
            ratio = f"{hand:.1f} | {first / hand:.2f}" if hand else " | "
            apart = (
                f"{fixed(tiny, 'first', stage):.1f} | {one.by_hand('keep') if stage == 'publish' else 0:.1f}"
            )
            shares = " | ".join(_share(tiny, one, night, (stage,)) for night in NIGHTS[1:])
            yield f"| {one.contacts:,} | {stage} | {apart} | {first:.1f} | {ratio} | {shares} |"
        shares = " | ".join(_share(tiny, one, night, STAGES) for night in NIGHTS[1:])
        yield f"| {one.contacts:,} | all three | | | | | | {shares} |"


def _share(tiny: Size, one: Size, night: str, stages: Sequence[str]) -> str:
    """Of the first night's cost, start-up and both copies apart."""
    whole = sum(ours(tiny, one, "first", stage) for stage in stages)
    return f"{sum(ours(tiny, one, night, stage) for stage in stages) / whole:.0%}"


def _exponents(tiny: Size, grown: Sequence[Size]) -> Iterator[str]:
    """Of contacts, fitted to what is beyond the fixed cost."""
    if len(grown) < 2:
        return
    for stage in STAGES:
        points = [(one.contacts, beyond(tiny, one, "first", stage)) for one in grown]
        if all(seconds > 0 for _, seconds in points):
            slope = exponent(points)
            yield f"- {stage}: a first night beyond the fixed cost grows as contacts to the {slope:.2f}"


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """The power of the first with which the second grows, by least squares of the logarithms."""
    sizes, seconds = zip(*((math.log(size), math.log(second)) for size, second in points), strict=True)
    return linear_regression(sizes, seconds).slope
