"""The first sentence of the report says whether both sides kept the agreement."""

import pytest

from publish.report.commitments import Line, Side, headline
from publish.report.source import Row


def side(department: str, *statuses: str | None) -> Side:
    lines = []
    for n, status in enumerate(statuses):
        row: Row = {"status": status, "actual": 1, "agreement_version": "v"}
        lines.append(Line(f"c{n}", department, [row], row, None, None))
    return Side(department, lines)


@pytest.mark.parametrize(
    ("sides", "said"),
    [
        ([side("marketing", "met"), side("sales", "met", "met")], "Both sides kept the agreement."),
        (
            [side("marketing", "met"), side("sales", "met", "missed")],
            "Marketing kept its part, sales kept 1 of 2 commitments.",
        ),
        (
            [side("marketing", "missed", None), side("sales", "met", "missed")],
            "The agreement was not kept: marketing kept 0 of 1 commitments, sales kept 1 of 2.",
        ),
        ([side("sales", "met")], "Sales kept its part."),
        ([side("sales", "missed")], "The agreement was not kept: sales kept 0 of 1 commitments."),
        ([side("marketing", None)], "No period has closed under this agreement yet."),
        ([], "No period has closed under this agreement yet."),
    ],
)
def test_headline(sides: list[Side], said: str) -> None:
    assert headline(sides) == said
