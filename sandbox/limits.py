"""HubSpot's request limits: so many in a fixed window for everything, a few per second for search."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

WINDOW_SECONDS = 10.0


@dataclass(frozen=True)
class Quota:
    """`per_window` requests in ten seconds, `searches_per_second`, `per_day`; 0 means no limit."""

    per_window: int = 190
    searches_per_second: int = 5
    per_day: int = 650_000


UNLIMITED = Quota(0, 0, 0)


class Limiter:
    """Counts requests against a quota. `clock` gives seconds; tests set their own."""

    def __init__(self, quota: Quota, clock: Callable[[], float] = time.monotonic) -> None:
        self.quota, self._clock = quota, clock
        self._recent: deque[float] = deque()
        self._searches: deque[float] = deque()
        self.used_today = 0

    def refusal(self, *, is_search: bool) -> str | None:
        """The name of the policy that refuses this request; None: it is counted and may go on."""
        now = self._clock()
        if self.quota.per_day and self.used_today >= self.quota.per_day:
            return "DAILY"
        if is_search:
            full = _is_full(self._searches, self.quota.searches_per_second, now, 1.0)
            policy = "SECONDLY"
        else:
            full = _is_full(self._recent, self.quota.per_window, now, WINDOW_SECONDS)
            policy = "TEN_SECONDLY_ROLLING"
        if full:
            return policy
        (self._searches if is_search else self._recent).append(now)
        self.used_today += 1
        return None

    def headers(self) -> dict[str, str]:
        """What HubSpot tells with every answer but a search's."""
        if not self.quota.per_window:
            return {}
        left = max(0, self.quota.per_window - len(self._recent))
        shown = {
            "X-HubSpot-RateLimit-Interval-Milliseconds": str(int(WINDOW_SECONDS * 1000)),
            "X-HubSpot-RateLimit-Max": str(self.quota.per_window),
            "X-HubSpot-RateLimit-Remaining": str(left),
        }
        if self.quota.per_day:
            shown["X-HubSpot-RateLimit-Daily"] = str(self.quota.per_day)
            shown["X-HubSpot-RateLimit-Daily-Remaining"] = str(max(0, self.quota.per_day - self.used_today))
        return shown


def _is_full(stamps: deque[float], limit: int, now: float, window: float) -> bool:
    while stamps and stamps[0] <= now - window:
        stamps.popleft()
    return limit > 0 and len(stamps) >= limit
