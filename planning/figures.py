"""The figures that a plan multiplies: what each rests on, and whose history it is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from planning.estimates import Estimate, mean, median, per, wilson
from planning.history import History

ENOUGH = 30  # with fewer cases a segment borrows the company's figure (ruling 33 calls it too few)
ENOUGH_DEALS = (
    5  # deal sizes are what segments differ in most: borrowed ones would be worse than a wide range
)

Unit = Literal["money", "share", "for each", "days"]
Whose = Literal["segment", "company"]


@dataclass(frozen=True)
class Figure:
    """One number of history, whose it is (the segment's or the company's), and the cases behind it."""

    name: str
    unit: Unit
    estimate: Estimate
    n: int
    of: Whose


@dataclass
class Figures:
    """Everything a plan for one segment needs. None where the history does not say."""

    deal_size: Figure | None
    win_rate: Figure | None
    customers_per_deal: Figure | None
    opportunities_per_deal: Figure | None
    conversion: dict[str, Figure | None] = field(default_factory=dict)
    days: dict[str, Figure | None] = field(default_factory=dict)

    def all(self) -> list[Figure]:
        """Those that the history does say."""
        single = [self.deal_size, self.win_rate, self.customers_per_deal, self.opportunities_per_deal]
        return [one for one in (*single, *self.conversion.values(), *self.days.values()) if one]


@dataclass(frozen=True)
class Stages:
    """The part of the funnel that is planned: from responses up to where deals are made, and the customer."""

    climbed: list[str]
    customer: str

    @property
    def opportunity(self) -> str:
        """Where deals are made."""
        return self.climbed[-1]


def figures(own: History, company: History, stages: Stages) -> Figures:
    """A segment's figures from its own history where that is long enough, else from the company's."""
    choice = _Choice(own, company)
    brought, opportunity, customer = History.brought_to, stages.opportunity, stages.customer
    found = Figures(
        choice("deal size", "money", lambda h: len(h.amounts), lambda h: mean(h.amounts), ENOUGH_DEALS),
        choice("win rate", "share", lambda h: h.decided, lambda h: wilson(h.decided_well, h.decided)),
        choice(
            "new customers per deal won",
            "for each",
            lambda h: h.won,
            lambda h: per(brought(h, customer), h.won),
        ),
        choice(
            f"{opportunity} per deal",
            "for each",
            lambda h: h.created,
            lambda h: per(brought(h, opportunity), h.created),
        ),
    )
    for stage, above in pairwise(stages.climbed):
        found.conversion[stage] = _conversion(choice, stage, above)
    for stage in stages.climbed:
        found.days[stage] = _days(choice, stage, customer)
    return found


@dataclass(frozen=True)
class _Choice:
    """Whose history a figure is taken from."""

    own: History
    company: History

    def __call__(
        self,
        name: str,
        unit: Unit,
        cases: Callable[[History], int],
        of: Callable[[History], Estimate | None],
        enough: int = ENOUGH,
    ) -> Figure | None:
        is_own = self.own is self.company or cases(self.own) >= enough
        history = self.own if is_own else self.company
        estimate = of(history) if cases(history) else None
        whose: Whose = "segment" if is_own else "company"
        return Figure(name, unit, estimate, cases(history), whose) if estimate else None


def _conversion(choice: _Choice, stage: str, above: str) -> Figure | None:
    def of(history: History) -> Estimate:
        leads, converted = history.steps[stage]
        return wilson(converted, leads)

    return choice(f"{stage} to {above}", "share", lambda h: h.steps.get(stage, (0, 0))[0], of)


def _days(choice: _Choice, stage: str, customer: str) -> Figure | None:
    def cases(history: History) -> int:
        return len(history.days.get(stage, ()))

    return choice(f"{stage} to {customer}", "days", cases, lambda h: median(h.days[stage]))
