"""Figures, names and lengths as people read them."""

from datetime import date, datetime

import pytest

from publish.report import formats


@pytest.mark.parametrize(
    ("share", "shown"),
    [(None, "–"), (0, "0%"), (0.954, "95.4%"), (1, "100%"), (0.9996, "99.9%"), (0.95, "95%")],
)
def test_shares_never_round_up_to_all(share: float | None, shown: str) -> None:
    assert formats.percent(share) == shown


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [
        (0.2, "0 min"),
        (42, "42 min"),
        (185, "3 h 5 min"),
        (3120, "2 d 4 h"),
        (-90, "−1 h 30 min"),
        (None, "–"),
    ],
)
def test_lengths_of_time(minutes: float | None, shown: str) -> None:
    assert formats.duration(minutes) == shown


def test_business_time_is_never_given_in_days() -> None:
    assert formats.business(1440) == "24 h"
    assert formats.business(95.4) == "1 h 35 min"


@pytest.mark.parametrize(("change", "shown"), [(0.0123, "+1.2 pts"), (-0.02, "−2.0 pts"), (0.0004, "±0 pts")])
def test_changes_in_points(change: float, shown: str) -> None:
    assert formats.points(change) == shown


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (date(2026, 10, 5), date(2026, 10, 11), "week of 5 Oct 2026"),
        (date(2026, 2, 1), date(2026, 2, 28), "Feb 2026"),
        (date(2026, 7, 1), date(2026, 9, 30), "Q3 2026"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026"),
    ],
)
def test_periods(start: date, end: date, shown: str) -> None:
    assert formats.period(start, end) == shown


def test_instants_are_local() -> None:
    assert formats.instant(datetime(2026, 11, 24, 20), "Australia/Brisbane") == "25 Nov 2026, 06:00"


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ('{"lead_score": 25, "employees": null}', "lead score 25, employees nothing"),
        (f'{{"email": "{"0a" * 32}"}}', "email 0a0a0a0a0a0a…"),
        ("lead_score=31", "lead_score=31"),
        (None, "–"),
    ],
)
def test_what_a_rule_observed(values: str | None, shown: str) -> None:
    assert formats.observed(values) == shown


def test_names() -> None:
    assert formats.words("mql_acceptance") == "MQL acceptance"
    assert formats.plural("opportunity") == "opportunities"
    assert formats.plural("sales_qualified_lead") == "sales qualified leads"
    assert formats.slug("def", 'x" onload="y', None) == "def-x-onload-y-none"
