"""Who makes sure that a run ends: when it is told to stop, and when it takes too long.

First the work is interrupted as Ctrl-C does. Libraries may not listen: a query in C, a thread that waits
for a slow answer. Then the last words are said for them, and the process ends; what was half done, the next
run mends.
"""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from nightly.signals import Signals

GRACE_SECONDS = 5.0
LOOK_SECONDS = 1.0


@dataclass(frozen=True)
class Stop:
    """Why the run is to end, as a sentence, and its exit code."""

    sentence: str
    exit_code: int


@dataclass
class _Deadline:
    at: float
    stop: Stop


class Watchdog:
    """Looks after one run from a thread of its own. `force` says the last words and never returns."""

    def __init__(self, signals: Signals, force: Callable[[Stop], None], grace: float = GRACE_SECONDS) -> None:
        self._signals, self._force, self._grace = signals, force, grace
        self._deadlines: list[_Deadline] = []
        self._stop: Stop | None = None
        self._over = threading.Event()
        self._ending = threading.Lock()
        self._main = threading.get_ident()

    @contextmanager
    def within(self, what: str, minutes: float, setting: str, exit_code: int) -> Iterator[None]:
        """Give the block `minutes`; `what` begins the sentence, `setting` is where to allow more."""
        sentence = (
            f"{what} was stopped: it took longer than {minutes:g} minutes. "
            f"If it needs more, say so in {setting}."
        )
        deadline = _Deadline(time.monotonic() + 60 * minutes, Stop(sentence, exit_code))
        self._deadlines.append(deadline)
        try:
            yield
        finally:
            self._deadlines.remove(deadline)

    def stopped(self) -> Stop | None:
        """Why the run is to end, if it is: also when a library kept the signal to itself."""
        if self._stop is None and (name := self._signals.received()):
            self._stop = Stop(f"Stopped by {name}.", 1)
        return self._stop

    def over(self) -> None:
        """The run has an end of its own. If the last words are being said elsewhere, wait for them."""
        with self._ending:
            self._over.set()

    def watch(self) -> None:
        """Look until the run is over, or has to be."""
        while not self._over.is_set() and self._look() is None:
            self._signals.wait(LOOK_SECONDS)
        if self._over.wait(self._grace):
            return
        with self._ending:
            if self._stop is not None and not self._over.is_set():
                self._force(self._stop)

    def _look(self) -> Stop | None:
        if self.stopped() is None:
            late = [one for one in self._deadlines if one.at <= time.monotonic()]
            if late:
                self._stop = late[-1].stop
                signal.pthread_kill(self._main, signal.SIGTERM)
        return self._stop


@contextmanager
def watched(
    signals: Signals, force: Callable[[Stop], None], grace: float = GRACE_SECONDS
) -> Iterator[Watchdog]:
    """A watchdog over the block, which runs in the main thread."""
    dog = Watchdog(signals, force, grace)
    thread = threading.Thread(target=dog.watch, name="watchdog", daemon=True)
    thread.start()
    try:
        yield dog
    finally:
        dog.over()
        signals.wake()
        thread.join()
