"""Whose turn it is to ask: of those that wait, whoever is most urgent, then whoever came first."""

import threading
from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count

NOW = float("inf")  # the urgency of whatever is not told to wait for others
LEISURE = -1.0
_GLANCE = 0.004


class Turns:
    """A queue before a limiter: who goes next is decided only when the limiter lets somebody go."""

    def __init__(self, may_go: Callable[[], bool]) -> None:
        self._may_go = may_go
        self._changed = threading.Condition()
        self._waiting: list[tuple[float, int]] = []
        self._numbers = count()

    def wait(self, urgency: float) -> None:
        """Return when it is our turn and the limiter lets us go."""
        with self._changed:
            mine = (-urgency, next(self._numbers))
            heappush(self._waiting, mine)
            while self._waiting[0] != mine or not self._may_go():
                self._changed.wait(_GLANCE if self._waiting[0] == mine else None)
            heappop(self._waiting)
            self._changed.notify_all()

    @property
    def crowded(self) -> bool:
        """Whether somebody waits who has more than leisure."""
        return any(-rank > LEISURE for rank, _ in tuple(self._waiting))
