"""A lead's stays in stages, from its moves."""

from itertools import pairwise

from sandbox.instants import to_datetime
from sandbox.judging.facts import id_of
from sandbox.judging.shapes import StageEntry
from sandbox.story import STAGES, Lead, Move


def moves_by(lead: Lead, now: int) -> list[Move]:
    """Moves that have happened by `now`; one that names the stage it was in already is none."""
    happened = [move for move in lead.moves if move.at <= now]
    return happened[:1] + [after for before, after in pairwise(happened) if after.stage != before.stage]


def entries_of(lead: Lead, moves: list[Move]) -> list[StageEntry]:
    """One entry for each move."""
    entries = []
    for n, move in enumerate(moves):
        step = move.stage - moves[n - 1].stage if n else 0
        entries.append(
            StageEntry(
                lead_id=str(lead.id),
                stage=STAGES[move.stage],
                entered_at=to_datetime(move.at),
                exited_at=to_datetime(moves[n + 1].at) if n + 1 < len(moves) else None,
                direction="start" if n == 0 else "forward" if step > 0 else "backward",
                skipped_stages=max(0, step - 1),
                changed_by=id_of(move.by),
            )
        )
    return entries


def first_entry(moves: list[Move], stage: int, *, or_later: bool = False) -> int | None:
    """When a stage was first entered, or (`or_later`) it or any above it."""
    return next((move.at for move in moves if move.stage == stage or (or_later and move.stage > stage)), None)
