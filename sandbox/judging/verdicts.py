"""What sales said to a handoff, by `now`."""

from typing import NamedTuple

from sandbox.staff import Owner
from sandbox.story import MQL, SQL, Lead, Move

_BY_STATUS = {"UNQUALIFIED": "rejected", "BAD_TIMING": "recycled"}


class Said(NamedTuple):
    """A verdict; `at` None: still pending."""

    verdict: str
    at: int | None
    by: Owner | None


PENDING = Said("pending", None, None)


def verdict_on(lead: Lead, moves: list[Move], index: int, now: int) -> Said:
    """The first of: reaching SQL or beyond, falling below MQL, a status that turns it down.

    In one instant acceptance comes first, and a status before a mere fall.
    """
    handed_off_at = moves[index].at
    said: list[tuple[int, int, Said]] = []
    for move in moves[index + 1 :]:
        if move.stage >= SQL:
            said.append((move.at, 1, Said("accepted", move.at, move.by)))
            break
        if move.stage < MQL:
            said.append((move.at, 3, Said("rejected", move.at, move.by)))
            break
    for status in lead.statuses:
        if handed_off_at <= status.at <= now and status.value in _BY_STATUS:
            said.append((status.at, 2, Said(_BY_STATUS[status.value], status.at, status.by)))
            break
    return min(said, key=lambda it: it[:2])[2] if said else PENDING
