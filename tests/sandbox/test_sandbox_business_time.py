"""The story's business time against the plainest possible count: minute by minute."""

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.business_time import calendar
from sandbox.instants import DAY, MINUTE, from_iso, to_datetime

START = from_iso("2026-03-28T00:00:00Z") // MINUTE
RULES = {
    "default": ("Australia/Brisbane", range(5), 540, 1020, "AU", "QLD"),
    "auckland": ("Pacific/Auckland", range(5), 510, 1020, "NZ", None),
    "six_days": ("Australia/Brisbane", range(6), 600, 1080, "AU", "QLD"),
}


@cache
def _holidays(country: str, part: str | None) -> holidays.HolidayBase:
    return holidays.country_holidays(country, subdiv=part, years=(2026, 2027))


def _is_open(name: str, minute: int) -> bool:
    zone, days, opens, closes, country, part = RULES[name]
    local = to_datetime(minute * MINUTE).replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(zone))
    closed = local.date() in _holidays(country, part)
    return local.weekday() in days and not closed and opens <= local.hour * 60 + local.minute < closes


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(sorted(RULES)), st.integers(0, 60 * 24 * 250), st.integers(0, 60 * 24 * 6))
def test_open_minutes_are_counted_one_by_one(name: str, start: int, length: int) -> None:
    first = START + start
    counted = sum(_is_open(name, minute) for minute in range(first, first + length))
    assert calendar(name).between(first * MINUTE, (first + length) * MINUTE) == counted * MINUTE


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(RULES)), st.integers(0, 250 * DAY), st.integers(1, 30 * 8 * 60 * MINUTE))
def test_the_due_time_is_the_first_at_which_the_time_is_used_up(name: str, start: int, amount: int) -> None:
    hours = calendar(name)
    begin = START * MINUTE + start
    due = hours.after(begin, amount)
    assert hours.between(begin, due) == amount
    assert hours.between(begin, due - 1) == amount - 1


@pytest.mark.parametrize(
    ("name", "start", "minutes", "due"),
    [
        ("default", "2026-11-24T06:00:00", 60, "2026-11-24T07:00:00"),  # 17:00 today, not 09:00 tomorrow
        ("default", "2026-11-27T06:30:00", 60, "2026-11-29T23:30:00"),  # over a weekend
        ("auckland", "2026-09-24T20:30:00", 510, "2026-09-25T05:00:00"),  # NZST, the day before the change
        ("auckland", "2026-09-27T19:30:00", 60, "2026-09-27T20:30:00"),  # NZDT, the Monday after
    ],
)
def test_due_times_known_by_heart(name: str, start: str, minutes: int, due: str) -> None:
    at = calendar(name).after(from_iso(start), minutes * MINUTE)
    assert to_datetime(at) == datetime.fromisoformat(due)


def test_a_public_holiday_has_no_open_hours() -> None:
    christmas = from_iso("2026-12-24T14:00:00Z")
    assert calendar("default").between(christmas, christmas + DAY) == 0
    assert timedelta(milliseconds=calendar("default").daily) == timedelta(hours=8)
