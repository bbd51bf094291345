"""Pacing: never ask more often than our share of what the CRM allows."""

import threading
from collections.abc import Mapping
from functools import partial

from pyrate_limiter import Limiter, Rate

from extract.turns import NOW, Turns

EDGE_MS = 150  # requests travel: what we space at the limit must not arrive closer than it
FASTER = 1.1  # than the limit in the long run: requests are spread over its interval, none of it is lost


class Pacer:
    """Holds requests back. The 10-second limit is learned from answers; searches have one of their own.

    Until the CRM has stated its limit, and where it states none, only its 429s hold us back.
    `day`: the portal's requests of a day, and how many are left, as far as the CRM said so.
    """

    def __init__(self, share: float, searches_per_second: float) -> None:
        self._share = share
        searches = _limiter(1, (1000 + EDGE_MS) / (searches_per_second * share))
        self._searches = Turns(partial(_take, searches))
        self._requests: Turns | None = None
        self._stated: tuple[int, int] | None = None
        self.day: tuple[int, int] | None = None
        self._lock = threading.Lock()
        self._unpaced = 0

    @property
    def is_limited(self) -> bool:
        """Whether the CRM has stated a limit."""
        return self._requests is not None

    @property
    def has_room(self) -> bool:
        """Whether nobody waits for the limit now who should go first."""
        return self._requests is None or not self._requests.crowded

    def wait(self, *, search: bool, urgency: float = NOW) -> None:
        """Return when the next request may go out; of those that wait, the more urgent ones go first."""
        if search:
            self._searches.wait(urgency)
            return
        with self._lock:
            turns = self._requests
            self._unpaced += turns is None
        if turns is not None:
            turns.wait(urgency)

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
                self._requests = self._paced_by(*stated)
                self._stated = stated

    def _paced_by(self, allowed: int, interval: int) -> Turns:
        ours = max(1, int(allowed * self._share))
        return Turns(_Pace(ours, interval, self._unpaced).may_go)


class _Pace:
    """One limiter counts requests, those that went out already too; another spreads them over the interval.

    The first half of an interval's requests is not held up: a short night is over before it matters.
    """

    def __init__(self, ours: int, interval: int, gone: int) -> None:
        self._counting = _limiter(ours, interval + EDGE_MS)
        if gone:
            self._counting.try_acquire("request", weight=min(gone, ours), blocking=False)
        self._spreading = _limiter(1, interval / ours / FASTER)
        self._at_once = ours // 2 - gone

    def may_go(self) -> bool:
        """Whether a request may go out now; if so, it counts."""
        if self._at_once > 0:
            self._at_once -= 1
            return _take(self._counting)
        return _take(self._spreading) and _take(self._counting)


def _limiter(allowed: int, milliseconds: float) -> Limiter:
    return Limiter(Rate(allowed, max(1, round(milliseconds))))


def _take(limiter: Limiter) -> bool:
    return bool(limiter.try_acquire("request", blocking=False))


def _of_the_day(headers: Mapping[str, str]) -> tuple[int, int] | None:
    try:
        return int(headers["x-hubspot-ratelimit-daily"]), int(headers["x-hubspot-ratelimit-daily-remaining"])
    except (KeyError, ValueError):
        return None
