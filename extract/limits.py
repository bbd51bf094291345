"""Pacing: never ask more often than our share of what the CRM allows."""

import threading
from collections.abc import Mapping

from pyrate_limiter import Limiter, Rate

EDGE_MS = 150  # requests travel: what we space at the limit must not arrive closer than it


class Pacer:
    """Holds requests back. The 10-second limit is learned from answers; searches have one of their own.

    Until the CRM has stated its limit, and where it states none, only its 429s hold us back.
    `day`: the portal's requests of a day, and how many are left, as far as the CRM said so.
    """

    def __init__(self, share: float, searches_per_second: float) -> None:
        self._share = share
        self._searches = Limiter(Rate(1, round((1000 + EDGE_MS) / (searches_per_second * share))))
        self._requests: Limiter | None = None
        self._stated: tuple[int, int] | None = None
        self.day: tuple[int, int] | None = None
        self._lock = threading.Lock()

    def wait(self, *, search: bool) -> None:
        """Return when the next request may go out."""
        limiter = self._searches if search else self._requests
        if limiter is not None:
            limiter.try_acquire("search" if search else "request")

    def learn(self, headers: Mapping[str, str]) -> None:
        """Take the limit from an answer's `X-HubSpot-RateLimit-*` headers, if it states one."""
        self.day = _of_the_day(headers) or self.day
        try:
            stated = (
                int(headers["x-hubspot-ratelimit-max"]),
                int(headers["x-hubspot-ratelimit-interval-milliseconds"]),
            )
        except (KeyError, ValueError):
            return
        if stated == self._stated:
            return
        with self._lock:
            if stated != self._stated:
                allowed, interval = stated
                self._requests = Limiter(Rate(max(1, int(allowed * self._share)), interval + EDGE_MS))
                self._stated = stated


def _of_the_day(headers: Mapping[str, str]) -> tuple[int, int] | None:
    try:
        return int(headers["x-hubspot-ratelimit-daily"]), int(headers["x-hubspot-ratelimit-daily-remaining"])
    except (KeyError, ValueError):
        return None
