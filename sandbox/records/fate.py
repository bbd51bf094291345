"""What became of a record: archived, restored, erased for privacy, merged into another."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from sandbox.instants import DAY

if TYPE_CHECKING:
    from sandbox.records.rows import Row

KEPT_IN_ARCHIVE = 90 * DAY
State = Literal["live", "archived", "gone", "merged"]


class Fate(NamedTuple):
    """From `at` on the record is in `state`; `into` is whom a merged one became."""

    at: int
    state: State
    into: "Row | None" = None


def fate_at(fates: Sequence[Fate], now: int) -> Fate | None:
    """What holds at `now`; None: the record lives as it always did. An archived one is gone after 90 days."""
    for fate in reversed(fates):
        if fate.at <= now:
            is_over = fate.state == "archived" and now >= fate.at + KEPT_IN_ARCHIVE
            return Fate(fate.at + KEPT_IN_ARCHIVE, "gone") if is_over else fate
    return None
