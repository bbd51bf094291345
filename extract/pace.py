"""How fast requests may go out for a limit of so many in an interval."""

import time

from pyrate_limiter import InMemoryBucket, Limiter, Rate, RateItem

EDGE_MS = 30  # clocks differ a little: what we keep apart by an interval must not be counted closer than it
FASTER = 1.1  # than the limit in the long run: requests are spread over its interval, none of it is lost


class Pace:
    """A request counts from when it is sent until an interval after its answer came.

    For the CRM may count it at any time between the two. The first half of an interval's requests is not held
    up: a short night is over before it matters. The others are spread over the interval.
    """

    def __init__(self, ours: int, interval: int, answered: int, under_way: int) -> None:
        self._ours = ours
        self._counted = InMemoryBucket([Rate(ours, interval + EDGE_MS)])
        for _ in range(min(answered, ours)):
            self.count()
        self._spreading = spaced(interval / ours / FASTER)
        self._at_once = ours // 2 - answered - under_way

    def may_go(self, under_way: int) -> bool:
        """Whether another request may go out now, beside those under way."""
        self._counted.leak(self._now())
        if self._counted.count() + under_way >= self._ours:
            return False
        self._at_once -= 1
        return self._at_once >= 0 or may_go(self._spreading)

    def count(self) -> None:
        """Count a request that was answered now."""
        self._counted.put(RateItem("request", self._now()))

    def _now(self) -> int:
        return round(time.monotonic() * 1000)


def spaced(milliseconds: float) -> Limiter:
    """A limiter that lets one go in so many milliseconds."""
    return Limiter(Rate(1, max(1, round(milliseconds))))


def may_go(limiter: Limiter) -> bool:
    """Whether it lets one go now; if so, it counts."""
    return bool(limiter.try_acquire("request", blocking=False))
