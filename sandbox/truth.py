"""What is true of a company at an instant: worked out from its story, never from its CRM's records.

For tests that compare what was published with what happened. The pipeline must never read this.
"""

from dataclasses import replace
from pathlib import Path

from sandbox.instants import DEFAULT_NOW, Instant, as_instant, to_datetime
from sandbox.judging.cases import cases_of
from sandbox.judging.deals import deal_at
from sandbox.judging.facts import facts_of, value_at
from sandbox.judging.handoffs import judge
from sandbox.judging.leads import Docket, lead_at, version_at
from sandbox.judging.reach import reach_at
from sandbox.judging.shapes import (
    BroadcastTruth,
    DealTruth,
    HandoffTruth,
    LeadTruth,
    RuleTruth,
    StageEntry,
    TouchTruth,
    Truth,
    VisitTruth,
)
from sandbox.judging.stays import entries_of, moves_by
from sandbox.judging.terms import SIGNED, Version, read_terms
from sandbox.judging.touches import shown, touches_of
from sandbox.plot.world import World
from sandbox.story import Lead

__all__ = [
    "BroadcastTruth",
    "DealTruth",
    "HandoffTruth",
    "LeadTruth",
    "RuleTruth",
    "StageEntry",
    "TouchTruth",
    "Truth",
    "VisitTruth",
    "truth_of",
]


def truth_of(story: World, now: Instant = DEFAULT_NOW, agreement: Path = SIGNED) -> Truth:
    """The truth of a story at `now`, judged by an agreement (the sandbox's own, or a variant of it).

    Raises:
        KeyError: the agreement has a condition that `sandbox.judging.terms` does not know.
    """
    instant = as_instant(now)
    bench = _Bench(read_terms(agreement), instant)
    for lead in story.leads:
        if lead.created_at <= instant:
            bench.hear(lead)
    visits, broadcasts = reach_at(story, instant)
    return Truth(
        now=to_datetime(instant),
        leads=tuple(bench.leads),
        stage_entries=tuple(bench.entries),
        handoffs=tuple(bench.handoffs),
        touches=tuple(bench.touches),
        deals=tuple(deal_at(deal, instant) for deal in story.deals if deal.created_at <= instant),
        rules=bench.docket.results(),
        visits=visits,
        broadcasts=broadcasts,
    )


class _Bench:
    """Hears lead after lead."""

    def __init__(self, versions: tuple[Version, ...], now: int) -> None:
        self._versions, self._now = versions, now
        self.docket = Docket(versions)
        self.leads: list[LeadTruth] = []
        self.entries: list[StageEntry] = []
        self.handoffs: list[HandoffTruth] = []
        self.touches: list[TouchTruth] = []

    def hear(self, lead: Lead) -> None:
        now = self._now
        facts, moves, touches = facts_of(lead, now), moves_by(lead, now), touches_of(lead, now)
        self.leads.append(lead_at(lead, facts, moves, self.docket.judge(lead, facts, moves)))
        self.entries += entries_of(lead, moves)
        self.touches += [shown(lead, touch) for touch in touches]
        cases = cases_of(lead, facts, moves, touches, now)
        judged = [judge(case, version_at(self._versions, case.at)) for case in cases]
        self.handoffs += _with_reason(judged, value_at(lead.reasons, now))


def _with_reason(handoffs: list[HandoffTruth], reason: str | None) -> list[HandoffTruth]:
    """The CRM keeps one reason: it is that of the last handoff that was turned down."""
    turned_down = [n for n, handoff in enumerate(handoffs) if handoff.verdict in {"rejected", "recycled"}]
    if turned_down:
        last = turned_down[-1]
        handoffs[last] = replace(handoffs[last], verdict_reason=reason)
    return handoffs
