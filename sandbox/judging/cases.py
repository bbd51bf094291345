"""Handoffs before they are judged, and whose they are."""

from dataclasses import dataclass
from itertools import pairwise

from sandbox.judging.facts import Facts, is_somebody, somebody_at
from sandbox.judging.touches import Touch
from sandbox.judging.verdicts import Said
from sandbox.staff import Owner
from sandbox.story import MQL, Lead, Move


@dataclass(frozen=True)
class Case:
    """One handoff before it is judged."""

    lead: Lead
    facts: Facts
    moves: list[Move]
    index: int
    next_index: int
    touches: list[Touch]
    now: int

    @property
    def at(self) -> int:
        """When it was handed off."""
        return self.moves[self.index].at


def cases_of(lead: Lead, facts: Facts, moves: list[Move], touches: list[Touch], now: int) -> list[Case]:
    """A lead's handoffs: entries into MQL from below, or by birth."""
    found = [n for n, move in enumerate(moves) if move.stage == MQL and (n == 0 or moves[n - 1].stage < MQL)]
    spans = pairwise([*found, len(moves)])
    return [Case(lead, facts, moves, start, end, touches, now) for start, end in spans]


def first_owner(case: Case, said: Said) -> tuple[Owner | None, int | None]:
    """The owner at the handoff, else the first somebody assigned by the verdict or now."""
    if present := somebody_at(case.lead, case.at):
        return present, case.at
    by = said.at if said.at is not None else case.now
    for assignment in case.lead.owners:
        if case.at < assignment.at <= by and is_somebody(assignment.owner, assignment.at):
            return assignment.owner, assignment.at
    return None, None
