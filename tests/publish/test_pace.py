"""The pace that still reaches a target does, and one step less does not."""

import re
from typing import Any

import pytest

from agreement import Agreement
from publish.report.pace import pace
from publish.report.promises import Promises

Row = dict[str, Any]


def _row(commitment: str, target: float, actual: float, eligible: int | None, days_left: int = 14) -> Row:
    named = {"agreement_version": "2026-Q3", "commitment": commitment}
    return named | {"target": target, "actual": actual, "eligible": eligible, "days_left": days_left}


@pytest.mark.parametrize(
    ("target", "kept", "eligible"), [(0.95, 18, 20), (0.9, 0, 7), (0.98, 48, 50), (0.8, 3, 4)]
)
def test_a_share_needs_so_many_in_a_row(signed: Agreement, target: float, kept: int, eligible: int) -> None:
    said = pace(Promises(signed), _row("first_response", target, kept / eligible, eligible))
    found = re.search(r"\d+", said)
    needed = int(found.group()) if found else 1
    assert (kept + needed) / (eligible + needed) >= target - 1e-12
    assert (kept + needed - 1) / (eligible + needed - 1) < target


def test_a_share_of_all_cannot_be_mended(signed: Agreement) -> None:
    assert pace(Promises(signed), _row("first_response", 1.0, 0.5, 4)) == "out of reach"


@pytest.mark.parametrize(
    ("commitment", "target", "actual", "days_left", "said"),
    [
        ("new_customers", 4, 1, 14, "1.5 a week"),
        ("new_customers", 4, 1, 3, "3 more by the end of the period"),
        ("mql_volume", 60, 20, 14, "20 a week"),
        ("new_revenue", 200000, 150000, 70, "AUD 5,000 a week"),
    ],
)
def test_a_count_needs_so_many_a_week(  # noqa: PLR0917 -- one column each
    signed: Agreement, commitment: str, target: float, actual: float, days_left: int, said: str
) -> None:
    assert pace(Promises(signed), _row(commitment, target, actual, None, days_left)) == said
