"""Where two copies of the same records differ: counts by id range, halved until ids can be compared."""

from collections.abc import Callable
from dataclasses import dataclass, field

Range = tuple[int, int]  # ids from the first to the second, both included


@dataclass
class Side:
    """One copy: how many ids it has in a range, and which ones. Both are asked for as little as possible."""

    count: Callable[[int, int], int]
    ids: Callable[[int, int], set[str]]


@dataclass
class Difference:
    """Ids that only the CRM has, and ids that only the warehouse has."""

    missing: set[str] = field(default_factory=set)
    surplus: set[str] = field(default_factory=set)

    def add(self, other: "Difference") -> None:
        """Take in what another comparison found."""
        self.missing |= other.missing
        self.surplus |= other.surplus


def difference(crm: Side, ours: Side, ranges: list[Range], enumerable: int) -> Difference:
    """The ids of these ranges in which the two differ.

    A range with at most `enumerable` ids in the CRM is listed outright, a longer one halved. One with as many
    ids on one side as on the other is taken to be the same: where as many are missing as are left over, that
    shows in other ranges on another night, and in `extract.auditing`.
    """
    found = Difference()
    pending = list(ranges)
    while pending:
        low, high = pending.pop()
        theirs, here = crm.count(low, high), ours.count(low, high)
        if theirs == here:
            continue
        if theirs <= enumerable or low == high:
            their_ids, our_ids = crm.ids(low, high), ours.ids(low, high)
            found.missing |= their_ids - our_ids
            found.surplus |= our_ids - their_ids
            continue
        middle = (low + high) // 2
        pending += [(low, middle), (middle + 1, high)]
    return found
