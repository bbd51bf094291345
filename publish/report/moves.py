"""Why did it move: the figures over all leads that changed since the certified publication before."""

from dataclasses import dataclass
from itertools import groupby

from publish.report.source import Row, Source

NAMES = {
    "merged": "Merged leads",
    "deleted": "Deleted",
    "corrected": "Corrected",
    "late": "Came late",
    "new": "New",
    "agreement": "Agreement changed",
}


@dataclass(frozen=True)
class Move:
    """One figure: `figure` has its commitment, period, before and after, `causes` a row each, in order."""

    figure: Row
    causes: dict[str, Row]


@dataclass(frozen=True)
class Moves:
    """All of them, the newest period first; `causes` are those that any figure has."""

    compared_with: str | None
    figures: list[Move]

    @property
    def causes(self) -> list[str]:
        """In the order they are applied."""
        return [cause for cause in NAMES if any(cause in move.causes for move in self.figures)]


def moves(source: Source) -> Moves:
    """Read them; figures that stayed as they were are left out."""
    grouped = groupby(source.rows("changes"), key=lambda row: (row["commitment"], row["period_start"]))
    found = [(rows[0], rows) for _, group in grouped for rows in [list(group)]]
    figures = [Move(first, {row["cause"]: row for row in rows}) for first, rows in found]
    return Moves(figures[0].figure["compared_with"] if figures else None, figures)
