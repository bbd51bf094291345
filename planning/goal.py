"""The goal, and the days that a plan for it looks back on and ahead to."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

Per = Literal["month", "quarter", "year"]
MONTHS: dict[Per, int] = {"month": 1, "quarter": 3, "year": 12}
LOOKS_BACK_MONTHS = 12  # as weak spots do (ruling 33): older customs say little about the next period


@dataclass(frozen=True)
class Goal:
    """Revenue to be won in a period, in the company's currency.

    `segments`: the goal is for these alone; empty: for all. `since`: the first local day of the history to
    use; None: the last twelve months that can be judged.
    """

    revenue: Decimal
    per: Per = "quarter"
    segments: tuple[str, ...] = ()
    since: date | None = None


@dataclass(frozen=True)
class Window:
    """The history that is used, in local days, and the same as UTC instants.

    Cohorts that entered from `since` to before `mature_until` are judged; whatever happened from `since` to
    `as_of` is counted.
    """

    since: date
    mature_until: date
    starts_at: datetime
    matured_at: datetime
    as_of: datetime

    @property
    def mature_to(self) -> date:
        """The last day of the last cohort that is judged."""
        return self.mature_until - timedelta(days=1)


def window(goal: Goal, as_of: datetime, timezone: str, mature_after_days: int) -> Window:
    """A cohort is mature once its month's end plus `mature_after_days` is not after `as_of` (ruling 31)."""
    zone = ZoneInfo(timezone)
    ends = _local(as_of, zone).replace(day=1)
    while _instant(ends, zone) + timedelta(days=mature_after_days) > as_of:
        ends = _months_on(ends, -1)
    since = goal.since or _months_on(ends, -LOOKS_BACK_MONTHS)
    return Window(since, ends, _instant(since, zone), _instant(ends, zone), as_of)


def next_period(per: Per, as_of: datetime, timezone: str) -> tuple[date, date]:
    """First and last local day of the first whole period that begins after `as_of`."""
    months, today = MONTHS[per], _local(as_of, ZoneInfo(timezone))
    begun = date(today.year, (today.month - 1) // months * months + 1, 1)
    starts = _months_on(begun, months)
    return starts, _months_on(starts, months) - timedelta(days=1)


def _local(instant: datetime, zone: ZoneInfo) -> date:
    return instant.replace(tzinfo=UTC).astimezone(zone).date()


def _instant(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(0), zone).astimezone(UTC).replace(tzinfo=None)


def _months_on(first: date, months: int) -> date:
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
