"""Pacing: never ask more often than our share of what the CRM allows."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from pyrate_limiter import Limiter, Rate

from extract.turns import NOW, Turns

EDGE_MS = 150  # requests travel: what we space at the limit must not arrive closer than it
MOMENT_SECONDS = 0.5  # for which an answer tells what is left
FASTER = 1.1  # than the limit in the long run: requests are spread over its interval, none of it is lost

REQUEST, SEARCH = "request", "search"


class Pacer:
    """Holds requests back. The 10-second limit is learned from answers; searches have one of their own.

    Until the CRM has stated its limit, and where it states none, only its 429s hold us back.
    `day`: the portal's requests of a day, and how many are left, as far as the CRM said so.
    """

    def __init__(self, share: float, searches_per_second: float) -> None:
        self._share = share
        searches = _limiter(1, (1000 + EDGE_MS) / (searches_per_second * share))
        self._searches = Turns(lambda: not self._under_way[SEARCH] and _take(searches))
        self._requests: Turns | None = None
        self._stated: tuple[int, int] | None = None
        self.day: tuple[int, int] | None = None
        self._lock = threading.Lock()
        self._unpaced = 0
        self._under_way = {REQUEST: 0, SEARCH: 0}
        self._left, self._told = 0, 0.0

    @property
    def is_limited(self) -> bool:
        """Whether the CRM has stated a limit."""
        return self._requests is not None

    @property
    def has_room(self) -> bool:
        """Whether nobody waits for the limit now who should go first."""
        return self._requests is None or not self._requests.crowded

    @contextmanager
    def turn(self, *, search: bool, urgency: float = NOW) -> Iterator[None]:
        """Begin when the next request may go out, and end when it is answered; more urgent ones go first.

        Searches go one after the other: were several on their way, they might arrive all at once.
        """
        kind = SEARCH if search else REQUEST
        with self._lock:
            turns = self._searches if search else self._requests
            self._unpaced += turns is None
        if turns is not None:
            turns.wait(urgency)
        with self._lock:
            self._under_way[kind] += 1
        try:
            yield
        finally:
            with self._lock:
                self._under_way[kind] -= 1

    def learn(self, headers: Mapping[str, str]) -> None:
        """Take the limit from an answer's `X-HubSpot-RateLimit-*` headers, if it states one."""
        self.day = _of_the_day(headers) or self.day
        try:
            stated = (
                int(headers["x-hubspot-ratelimit-max"]),
                int(headers["x-hubspot-ratelimit-interval-milliseconds"]),
            )
            self._left = int(headers.get("x-hubspot-ratelimit-remaining", stated[0]))
        except (KeyError, ValueError):
            return
        self._told = time.monotonic()
        if stated == self._stated:
            return
        with self._lock:
            if stated != self._stated:
                self._requests = self._paced_by(*stated)
                self._stated = stated

    def _paced_by(self, allowed: int, interval: int) -> Turns:
        ours = max(1, int(allowed * self._share))
        pace = _Pace(ours, interval, self._unpaced)
        return Turns(lambda: not self._is_used_up() and pace.may_go())

    def _is_used_up(self) -> bool:
        """Whether what is under way may be all that was left when the CRM last told, a moment ago."""
        fresh = time.monotonic() < self._told + MOMENT_SECONDS
        return fresh and self._under_way[REQUEST] >= self._left


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
