"""Rows written small: every name once, in a list, and its place in the list wherever it is meant."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from publish.report.source import Row

Lists = dict[str, list[Any]]
Place = Callable[[Any], int]
LISTS = {
    "month": "months",
    "segment": "segments",
    "source": "sources",
    "owner_id": "owners",
    "stage": "stages",
    "commitment": "commitments",
}
SLICES = {"all": None, "segment": "segments", "source": "sources", "owner": "owners"}


def parts(rows: list[Row], lists: Lists, ends: dict[tuple[str, date], date]) -> Iterable[list[Any]]:
    """Commitment, period, segment, source and owner by place, then the part and what it is a part of."""
    period = _place_in(lists["periods"])
    keys = [(key, _place_in(lists[LISTS[key]])) for key in ("segment", "source", "owner_id")]
    commitment = _place_in(lists["commitments"])
    for row in rows:
        start = row["period_start"]
        places = [commitment(row["commitment"]), period((start, ends[row["commitment"], start]))]
        yield [*places, *(place(row[key]) for key, place in keys), short(row["part"]), row["eligible"] or 0]


def targets(rows: list[Row], lists: Lists) -> Iterable[list[Any]]:
    """Commitment, period, kind of slice (as in `SLICES`), the slice's place, and the target."""
    commitment, period = _place_in(lists["commitments"]), _place_in(lists["periods"])
    for row in rows:
        kind, _, name = row["slice"].partition("=")
        if kind in SLICES:
            listed = SLICES[kind]
            place = _place_in(lists[listed])(name) if listed else 0
            key = (row["period_start"], row["period_end"])
            where = [commitment(row["commitment"]), period(key), list(SLICES).index(kind), place]
            yield [*where, short(row["target"])]


def columns(rows: list[Row], lists: Lists, keys: list[str], figures: list[str]) -> list[list[Any]]:
    """Each row's `keys` by place, then its `figures`."""
    places = [(key, _place_in(lists[LISTS[key]])) for key in keys]
    return [
        [*(place(row[key]) for key, place in places), *(short(row[figure]) for figure in figures)]
        for row in rows
    ]


def short(value: float | None) -> float | int | None:
    """1.0 as 1."""
    return int(value) if value is not None and value == int(value) else value


def _place_in(names: list[Any]) -> Place:
    """What finds a name's place; -1 if it is not listed."""
    known = {name: place for place, name in enumerate(names)}
    return lambda name: known.get(name, -1)
