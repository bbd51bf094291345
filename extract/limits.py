"""Pacing: never ask more often than our share of what the CRM allows."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from extract.pace import Pace, may_go, spaced
from extract.turns import NOW, Turns

SEARCH_EDGE_MS = 150  # searches travel: what is spaced when it is sent must not arrive closer than that
MOMENT_SECONDS = 0.5  # for which an answer tells what is left


class Pacer:
    """Holds requests back. The 10-second limit is learned from answers; searches have one of their own.

    Until the CRM has stated its limit, and where it states none, only its 429s hold us back.
    `day`: the portal's requests of a day, and how many are left, as far as the CRM said so.
    """

    def __init__(self, share: float, searches_per_second: float) -> None:
        self._share = share
        self._spacing = spaced((1000 + SEARCH_EDGE_MS) / (searches_per_second * share))
        self._searches, self._requests = Turns(self._may_search), Turns(self._may_request)
        self._stated: tuple[int, int] | None = None
        self._pace: Pace | None = None
        self.day: tuple[int, int] | None = None
        self._lock = threading.Lock()
        self._searching = False
        self._under_way = self._answered = 0
        self._left, self._told = 0, 0.0

    @property
    def is_limited(self) -> bool:
        """Whether the CRM has stated a limit."""
        return self._pace is not None

    @property
    def has_room(self) -> bool:
        """Whether nobody waits for the limit now who should go first."""
        return self._pace is None or not self._requests.crowded

    @contextmanager
    def turn(self, *, search: bool, urgency: float = NOW) -> Iterator[None]:
        """Begin when the next request may go out, and end when it is answered; more urgent ones go first."""
        (self._searches if search else self._requests).wait(urgency)
        try:
            yield
        finally:
            with self._lock:
                if search:
                    self._searching = False
                else:
                    self._under_way -= 1
                    self._count()

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
                ours = max(1, int(stated[0] * self._share))
                self._pace = Pace(ours, stated[1], self._answered, self._under_way)
                self._stated = stated

    def _may_search(self) -> bool:
        """Whether a search may go out now. One after the other: several might arrive all at once."""
        with self._lock:
            if self._searching or not may_go(self._spacing):
                return False
            self._searching = True
            return True

    def _may_request(self) -> bool:
        with self._lock:
            if self._pace and (self._is_used_up() or not self._pace.may_go(self._under_way)):
                return False
            self._under_way += 1
            return True

    def _count(self) -> None:
        if self._pace:
            self._pace.count()
        else:
            self._answered += 1

    def _is_used_up(self) -> bool:
        """Whether what is under way may be all that was left when the CRM last told, a moment ago."""
        return time.monotonic() < self._told + MOMENT_SECONDS and self._under_way >= self._left


def _of_the_day(headers: Mapping[str, str]) -> tuple[int, int] | None:
    try:
        return int(headers["x-hubspot-ratelimit-daily"]), int(headers["x-hubspot-ratelimit-daily-remaining"])
    except (KeyError, ValueError):
        return None
