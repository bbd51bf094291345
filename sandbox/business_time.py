"""The story's own business time: open intervals of one calendar, counted by bisection.

Nothing here is shared with the pipeline: the two are compared, so they must not have a mistake in common.
"""

from bisect import bisect_left, bisect_right
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import accumulate
from zoneinfo import ZoneInfo

import holidays

from sandbox.instants import DAY, STORY_END, STORY_START, from_datetime, to_datetime

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Calendar:
    """Open hours on local days. `daily` is the open time of one day in milliseconds."""

    def __init__(self, days: str, opens: time, closes: time, zone: str, region: str) -> None:
        self.zone = ZoneInfo(zone)
        self._days = frozenset(_DAYS.index(day) for day in days.split())
        self._opens, self._closes = opens, closes
        self._region = region
        self.daily = ((closes.hour - opens.hour) * 60 + closes.minute - opens.minute) * 60_000
        intervals = [self._interval(day) for day in self._local_days() if self._is_open(day)]
        self._starts = [start for start, _ in intervals]
        self._before = list(accumulate((end - start for start, end in intervals), initial=0))

    def opened(self, instant: int) -> int:
        """Open milliseconds from the beginning of time up to `instant`."""
        index = bisect_right(self._starts, instant) - 1
        if index < 0:
            return 0
        return min(self._before[index] + instant - self._starts[index], self._before[index + 1])

    def between(self, start: int, end: int) -> int:
        """Open milliseconds from `start` to `end`; 0 when `end` is not later."""
        return max(0, self.opened(end) - self.opened(start))

    def after(self, start: int, amount: int) -> int:
        """The earliest instant at which `amount` open milliseconds after `start` are used up."""
        if amount <= 0:
            return start
        target = self.opened(start) + amount
        index = min(bisect_left(self._before, target) - 1, len(self._starts) - 1)
        return self._starts[index] + target - self._before[index]

    def _local_days(self) -> list[date]:
        first = to_datetime(STORY_START - 40 * DAY).date()
        return [first + timedelta(days=n) for n in range((STORY_END - STORY_START) // DAY + 400)]

    def _is_open(self, day: date) -> bool:
        return day.weekday() in self._days and day not in _holidays(self._region)

    def _interval(self, day: date) -> tuple[int, int]:
        start, end = (datetime.combine(day, at, self.zone) for at in (self._opens, self._closes))
        return tuple(
            from_datetime(at.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)) for at in (start, end)
        )  # type: ignore[return-value]


@cache
def _holidays(region: str) -> holidays.HolidayBase:
    country, _, subdivision = region.partition("-")
    return holidays.country_holidays(country, subdiv=subdivision or None, years=range(2025, 2029))


@cache
def calendar(name: str) -> Calendar:
    """One of the company's calendars, by the name that the agreement gives it."""
    if name == "auckland":
        return Calendar("mon tue wed thu fri", time(8, 30), time(17), "Pacific/Auckland", "NZ")
    if name == "six_days":
        return Calendar("mon tue wed thu fri sat", time(10), time(18), "Australia/Brisbane", "AU-QLD")
    return Calendar("mon tue wed thu fri", time(9), time(17), "Australia/Brisbane", "AU-QLD")
