"""What a person sees on stderr: bars on a terminal, dated lines under cron, nothing when quiet."""

import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import IO

from nightly.logs import OURS, ForPeople
from progress import Progress, Silent

SECONDS_BETWEEN_LINES = 10.0
# Dozens of lines about its own documentation at each import.
EMPTY_TALK = ("great_expectations._docs_decorators",)


def console(verbosity: int) -> Progress:
    """The Progress for this stderr. `verbosity`: -1 only what went wrong, 0 steps, 1 the libraries too."""
    if verbosity < 0:
        return Silent()
    seen: Progress = _for_stream()
    if verbosity > 0:
        logging.getLogger().addHandler(Chatter(seen))
    return seen


def _for_stream() -> Progress:
    from rich.console import Console

    terminal = Console(stderr=True, highlight=False, markup=False)
    if terminal.is_terminal and not terminal.is_dumb_terminal:
        from nightly.bars import Bars

        return Bars(terminal)
    return Lines(sys.stderr)


class Lines:
    """Progress for a log file or a mail: a dated line for each step, now and then one for a long count."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def say(self, message: str) -> None:
        """One line, with the instant in UTC."""
        self._stream.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {message}\n")
        self._stream.flush()

    @contextmanager
    def track(self, what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
        """Count aloud every ten seconds; short work is not worth a line."""
        counting = threading.Lock()
        done, spoken_at = 0, time.monotonic()
        of = f" of {total:,}" if total is not None else ""

        def advance(amount: int) -> None:
            nonlocal done, spoken_at
            with counting:
                done += amount
                if time.monotonic() - spoken_at >= SECONDS_BETWEEN_LINES:
                    spoken_at = time.monotonic()
                    self.say(f"{what}: {done:,}{of}")

        yield advance


class Chatter(ForPeople):
    """Shows what libraries write to their logs (`-v`); our own steps are on the screen already."""

    def __init__(self, shown_by: Progress) -> None:
        super().__init__(logging.INFO)
        self._shown_by = shown_by

    def emit(self, record: logging.LogRecord) -> None:
        """Show `record`, unless it is one of our own steps or says nothing."""
        if record.name not in (OURS, *EMPTY_TALK):
            self._shown_by.say(self.mask(f"{record.name}: {record.getMessage()}"))
