"""Open hours as a table: for each calendar and UTC hour, what of it is open and how much came before."""

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from agreement import Agreement, Calendar

if TYPE_CHECKING:
    import pyarrow as pa

HOUR_MS = 3_600_000
MINUTE_MS = 60_000
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def calendar_hours(agreement: Agreement, since: datetime, until: datetime) -> "pa.Table":
    """One row per calendar and UTC hour from `since` to `until` (naive UTC).

    `hour_index` counts hours from 1970; `opens_ms` and `closes_ms` are offsets inside the hour, equal when
    it is closed; `open_ms_before` is the calendar's open time between the table's start and this hour.
    """
    import pyarrow as pa

    first, last = hour_index(since), hour_index(until)
    tables = [
        _one_calendar(name, calendar, ZoneInfo(calendar.timezone or agreement.timezone), first, last)
        for name, calendar in sorted(agreement.calendars.items())
    ]
    return pa.concat_tables(tables)


def daily_open_ms(calendar: Calendar) -> int:
    """How long the calendar is open on an open day."""
    return calendar.open_minutes * MINUTE_MS


def hour_index(instant: datetime) -> int:
    """Whole hours from 1970 to `instant` (naive UTC)."""
    return (instant - datetime(1970, 1, 1)) // timedelta(hours=1)


def _one_calendar(name: str, calendar: Calendar, zone: ZoneInfo, first: int, last: int) -> "pa.Table":
    import numpy as np
    import pyarrow as pa

    intervals = np.array(_open_intervals(calendar, zone, first, last), dtype=np.int64).reshape(-1, 2)
    hours = np.arange(first, last + 1, dtype=np.int64)
    starts = hours * HOUR_MS
    # The first interval that ends after the hour begins is the only one that can lie in it: closed gaps
    # last an hour or more.
    position = np.searchsorted(intervals[:, 1], starts, side="right")
    padded = np.vstack([intervals, np.full((1, 2), np.iinfo(np.int64).max)])
    opens = np.clip(padded[position, 0], starts, starts + HOUR_MS) - starts
    closes = np.clip(padded[position, 1], starts, starts + HOUR_MS) - starts
    before = np.concatenate([[0], np.cumsum(closes - opens)[:-1]])
    return pa.table(
        {
            "calendar": pa.array([name] * len(hours), pa.string()),
            "hour_index": hours,
            "opens_ms": opens,
            "closes_ms": closes,
            "open_ms_before": before,
        }
    )


def _open_intervals(calendar: Calendar, zone: ZoneInfo, first: int, last: int) -> list[tuple[int, int]]:
    start = datetime.fromtimestamp(first * 3600, UTC).date() - timedelta(days=2)
    days = (last - first) // 24 + 5
    closed = _holidays(calendar, range(start.year, (start + timedelta(days=days)).year + 1))
    open_days = [
        day
        for day in (start + timedelta(days=n) for n in range(days))
        if WEEKDAYS[day.weekday()] in calendar.days and day not in closed
    ]
    # A close at midnight is the end of the day: the next day's beginning.
    ends_later = timedelta(days=0 if calendar.close > time(0) else 1)
    pairs = [
        (_instant_ms(day, calendar.open, zone), _instant_ms(day + ends_later, calendar.close, zone))
        for day in open_days
    ]
    return _joined([(opens, closes) for opens, closes in pairs if opens < closes])


def _joined(intervals: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Days that follow each other without a gap, as one interval."""
    joined: list[tuple[int, int]] = []
    for opens, closes in intervals:
        if joined and joined[-1][1] == opens:
            joined[-1] = (joined[-1][0], closes)
        else:
            joined.append((opens, closes))
    return joined


def _holidays(calendar: Calendar, years: range) -> frozenset[date]:
    """Public holidays of `AU-QLD` or `NZ`, those observed on another day included."""
    if calendar.holidays is None:
        return frozenset()
    import holidays

    country, _, part = calendar.holidays.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=years))


def _instant_ms(day: date, at: time, zone: ZoneInfo) -> int:
    local = datetime.combine(day, at, zone)
    return round(local.timestamp()) * 1000
