"""Where do we lose people: the last twelve months' people, stage by stage, against the month before."""

from dataclasses import dataclass

from publish.report.source import Row, Source

VISITOR, LAST_TO_WIN = "visitor", "customer"


@dataclass(frozen=True)
class Step:
    """A stage of the funnel. `share` is its part of the first one's people; `conversion` of the one above.

    `change` is how much that conversion moved since the same picture a month ago, as a fraction of 1.
    """

    stage: str
    reached: int
    share: float
    conversion: float | None
    change: float | None


@dataclass(frozen=True)
class Funnel:
    """The picture (`steps`) and its breakdowns: conversions by name of segment or source."""

    steps: list[Step]
    breakdowns: dict[str, dict[str, list[Step]]]
    months: list[Row]

    @property
    def worst(self) -> int | None:
        """Which step loses the largest part of the people that reached the one above; None if nobody came.

        Visitors are not people yet, and a customer who does not promote is not lost: neither step is asked.
        """
        known = [(step.conversion, n) for n, step in self._losses() if step.conversion is not None]
        return min(known)[1] if known else None

    @property
    def most_fallen(self) -> int | None:
        """Which of these steps' conversions fell most since last month; None if none by half a point."""
        fallen = [(step.change, n) for n, step in self._losses() if step.change and step.change <= -0.005]
        return min(fallen)[1] if fallen else None

    def _losses(self) -> list[tuple[int, Step]]:
        stages = [step.stage for step in self.steps]
        first = 2 if VISITOR in stages else 1
        last = stages.index(LAST_TO_WIN) if LAST_TO_WIN in stages else len(stages) - 1
        return [(n, self.steps[n]) for n in range(first, last + 1)]


def read(source: Source) -> Funnel:
    """The funnel of everyone, of each segment and of each source."""
    groups: dict[tuple[str, str], dict[int, list[Row]]] = {}
    for row in source.rows("funnel"):
        groups.setdefault((row["kind"], row["name"]), {}).setdefault(row["months_ago"], []).append(row)
    drawn = {key: _steps(of_moment.get(0, []), of_moment.get(1, [])) for key, of_moment in groups.items()}
    everyone = drawn.pop(("all", "all"), [])
    breakdowns: dict[str, dict[str, list[Step]]] = {"segment": {}, "source": {}}
    for (kind, name), steps in drawn.items():
        if steps:
            breakdowns[kind][name] = steps
    then = groups.get(("all", "all"), {}).get(1, [])
    return Funnel(_with_visitors(source, everyone, then), breakdowns, source.rows("stage_months"))


def _steps(now: list[Row], before: list[Row]) -> list[Step]:
    counts, earlier = [row["reached"] for row in now], [row["reached"] for row in before]
    steps = []
    for n, row in enumerate(now):
        conversion = _share(counts[n], counts[n - 1]) if n else None
        past = _share(earlier[n], earlier[n - 1]) if n and earlier else None
        change = conversion - past if conversion is not None and past is not None else None
        steps.append(Step(row["stage"], counts[n], _share(counts[n], counts[0]) or 0, conversion, change))
    return steps


def _with_visitors(source: Source, steps: list[Step], then: list[Row]) -> list[Step]:
    """Visitors on top, not to scale: fifty times as many of them would leave nothing of the others to see."""
    if not steps or not source.has("marts.funnel_daily"):
        return steps
    visitors = source.row("visitors")
    if not visitors["now"]:
        return steps
    first = steps[0]
    conversion = first.reached / float(visitors["now"])
    past = then[0]["reached"] / float(visitors["before"]) if then and visitors["before"] else None
    change = conversion - past if past is not None else None
    widened = Step(first.stage, first.reached, first.share, conversion, change)
    return [Step(VISITOR, int(visitors["now"]), 1.0, None, None), widened, *steps[1:]]


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
