"""Instants of the story: whole milliseconds since 1970, UTC."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
Instant = int | datetime  # milliseconds, or a naive UTC datetime
_EPOCH = datetime(1970, 1, 1)  # naive means UTC everywhere in this project


def from_iso(text: str) -> int:
    """`2026-11-24T20:00:00Z` as milliseconds; without an offset it is taken as UTC.

    Raises:
        ValueError: `text` is not an ISO instant.
    """
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=UTC)
    return from_datetime(instant.astimezone(UTC).replace(tzinfo=None))


def from_datetime(instant: datetime) -> int:
    """A naive UTC datetime as milliseconds, cut (never rounded) to the millisecond."""
    return (instant - _EPOCH) // timedelta(milliseconds=1)


def as_instant(instant: Instant) -> int:
    """Either form of an instant as milliseconds."""
    return from_datetime(instant) if isinstance(instant, datetime) else instant


def to_datetime(instant: int) -> datetime:
    """A naive UTC datetime: what the warehouse holds."""
    return _EPOCH + timedelta(milliseconds=instant)


@lru_cache(maxsize=4096)
def _day(number: int) -> str:
    return (_EPOCH + timedelta(days=number)).strftime("%Y-%m-%d")


@lru_cache(maxsize=1 << 17)
def to_iso(instant: int) -> str:
    """As HubSpot writes it: no fraction when the milliseconds are zero."""
    day, rest = divmod(instant, DAY)
    seconds, milliseconds = divmod(rest, SECOND)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    fraction = f".{milliseconds:03}" if milliseconds else ""
    return f"{_day(day)}T{hour:02}:{minute:02}:{second:02}{fraction}Z"


def to_day(instant: int) -> str:
    """The UTC day of an instant, `2026-11-24`."""
    return _day(instant // DAY)


DEFAULT_NOW = from_iso("2026-11-24T20:00:00Z")
STORY_START = from_iso("2025-09-22T00:00:00Z")
STORY_END = DEFAULT_NOW + 60 * DAY
