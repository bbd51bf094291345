"""Days and periods of the agreement's time zone."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreement import Agreement
from tests.transform.judging.made_up import signed_in
from transform.commitment_tables import local_midnight
from transform.periods import KINDS, days, local_day, period_key, period_of, periods, version_on

INSTANTS = st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2028, 1, 1))
ZONES = st.sampled_from(["Australia/Sydney", "America/Sao_Paulo", "Pacific/Auckland", "UTC", "Africa/Cairo"])


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Agreement:
    return signed_in(tmp_path_factory.mktemp("signed"))


@pytest.mark.parametrize(
    ("kind", "day", "start", "after", "key"),
    [
        ("week", date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 4), "2026-W53"),
        ("week", date(2026, 1, 1), date(2025, 12, 29), date(2026, 1, 5), "2026-W01"),
        ("month", date(2026, 12, 31), date(2026, 12, 1), date(2027, 1, 1), "2026-12"),
        ("month", date(2024, 2, 29), date(2024, 2, 1), date(2024, 3, 1), "2024-02"),
        ("quarter", date(2026, 12, 31), date(2026, 10, 1), date(2027, 1, 1), "2026-Q4"),
        ("quarter", date(2026, 4, 1), date(2026, 4, 1), date(2026, 7, 1), "2026-Q2"),
        ("year", date(2026, 7, 1), date(2026, 1, 1), date(2027, 1, 1), "2026"),
    ],
)
def test_a_day_lies_in_its_period(kind: str, day: date, start: date, after: date, key: str) -> None:
    assert period_of(kind, day) == (start, after)
    assert period_key(kind, start) == key


@given(since=INSTANTS, length=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=900)))
@settings(deadline=None)
def test_periods_and_days_follow_each_other_without_gaps(
    signed: Agreement, since: datetime, length: timedelta
) -> None:
    as_of = since + length
    table = periods(signed, since, as_of).to_pylist()
    groups = [[row for row in table if row["period"] == kind] for kind in KINDS]
    for rows in [*groups, days(signed, since, as_of).to_pylist()]:
        assert rows[0]["starts_at"] <= since
        assert rows[-1]["starts_at"] <= as_of < rows[-1]["ends_at"]
        assert all(one["ends_at"] == after["starts_at"] for one, after in pairwise(rows))


@given(day=st.dates(min_value=date(2000, 1, 1), max_value=date(2040, 1, 1)), name=ZONES)
def test_a_day_begins_where_the_day_before_ends(day: date, name: str) -> None:
    zone = ZoneInfo(name)
    start = local_midnight(day, zone)
    assert local_day(start, zone) == day
    assert local_day(start - timedelta(milliseconds=1), zone) == day - timedelta(days=1)


def test_a_day_of_the_clock_change_has_23_or_25_hours(signed: Agreement) -> None:
    since = datetime.fromisoformat("2026-04-04T00:00:00")
    lengths = {
        row["day"]: (row["ends_at"] - row["starts_at"]) / timedelta(hours=1)
        for row in days(signed, since, datetime.fromisoformat("2026-10-05T00:00:00")).to_pylist()
    }
    assert lengths[date(2026, 4, 5)] == 25
    assert lengths[date(2026, 10, 4)] == 23
    assert lengths[date(2026, 10, 5)] == 24


def test_the_version_in_force_when_the_period_began_judges(signed: Agreement) -> None:
    assert version_on(signed, date(2026, 8, 9)) is None
    assert version_on(signed, date(2026, 8, 10)) == "first"
    assert version_on(signed, date(2026, 10, 15)) == "second"
    rows = periods(
        signed, datetime.fromisoformat("2026-07-15T00:00:00"), datetime.fromisoformat("2026-11-24T20:00:00")
    ).to_pylist()
    months = {row["period_key"]: row["version"] for row in rows if row["period"] == "month"}
    assert months == {
        "2026-07": None,
        "2026-08": None,
        "2026-09": "first",
        "2026-10": "first",
        "2026-11": "second",
    }


def test_cohorts_mature_at_a_local_midnight(signed: Agreement) -> None:
    instant = datetime.fromisoformat("2026-09-15T00:00:00")
    (september,) = [row for row in periods(signed, instant, instant).to_pylist() if row["period"] == "month"]
    # 30 days after 1 October, 31 October, by when daylight saving has begun.
    assert september["mature_at"].replace(tzinfo=UTC) == datetime(2026, 10, 30, 13, tzinfo=UTC)
