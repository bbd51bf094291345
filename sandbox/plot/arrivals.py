"""When contacts are created: seasons, weekdays and hours as people and campaigns have them."""

from bisect import bisect_right
from itertools import accumulate

from sandbox.instants import DAY, DEFAULT_NOW, HOUR, STORY_END, STORY_START, to_datetime
from sandbox.plot.pen import Pen

_BRISBANE = 10 * HOUR  # no daylight saving
_MONTHS = (0.55, 1.05, 1.15, 0.95, 1.1, 1.1, 0.9, 1.1, 1.15, 1.2, 1.15, 0.6)
_WEEKDAYS = (1.2, 1.3, 1.25, 1.15, 0.95, 0.35, 0.4)
_MORNING = (0.2, 0.12, 0.1, 0.1, 0.12, 0.25, 0.5, 0.9, 1.4, 1.8, 1.9, 1.8)
_AFTERNOON = (1.4, 1.6, 1.7, 1.6, 1.4, 1.1, 0.8, 0.8, 0.9, 0.8, 0.6, 0.4)
_HOURS = _MORNING + _AFTERNOON
_IMPORTED = 0.03
_GROWTH_PER_YEAR = 0.25


def arrivals(pen: Pen, contacts: int) -> list[tuple[int, bool]]:
    """Instants of creation, in order, and whether an import did it: `contacts` of them by the default now.

    Imports create many contacts in one millisecond, and do so four times in the story.
    """
    before = _weights(STORY_START, DEFAULT_NOW)
    after = _weights(DEFAULT_NOW, STORY_END)
    later = round(contacts * after[-1] / before[-1])
    instants = [_draw(pen, STORY_START, DEFAULT_NOW, before) for _ in range(contacts)]
    instants += [(_draw(pen, DEFAULT_NOW, STORY_END, after)[0], False) for _ in range(later)]
    return sorted(instants)


def _weights(start: int, end: int) -> list[float]:
    return list(accumulate(_weight(hour) for hour in range(start, end, HOUR)))


def _weight(hour: int) -> float:
    local = to_datetime(hour + _BRISBANE)
    growth = 1 + _GROWTH_PER_YEAR * (hour - STORY_START) / (365 * DAY)
    return growth * _MONTHS[local.month - 1] * _WEEKDAYS[local.weekday()] * _HOURS[local.hour]


def _draw(pen: Pen, start: int, end: int, weights: list[float]) -> tuple[int, bool]:
    if pen.chance(_IMPORTED):
        quarter = start + (1 + pen.below(4)) * (end - start) // 5
        return quarter // DAY * DAY + 3 * HOUR + 417, True
    hour = bisect_right(weights, pen.random() * weights[-1])
    return min(start + hour * HOUR + pen.below(HOUR), end), False
