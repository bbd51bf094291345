"""Being asked to stop: by Ctrl-C, by `kill`, by a closing terminal. The run ends, the ledger says so."""

import os
import select
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Signals:
    """Which signal asked us to stop.

    dlt and dbt put their own handlers in the place of ours, and may end their work in good order without
    raising anything. The wake-up pipe sees every signal whoever handles it, so none is lost.
    """

    def __init__(self, pipe: int, writer: int) -> None:
        self._pipe, self._writer = pipe, writer
        self._name: str | None = None
        self._reading = threading.Lock()

    def received(self) -> str | None:
        """The name of the first signal to stop since the block began, like `SIGTERM`; else None."""
        with self._reading:
            try:
                for number in os.read(self._pipe, 64):
                    if self._name is None and number in STOPPING:
                        self._name = signal.Signals(number).name
            except BlockingIOError:
                pass
            return self._name

    def wait(self, seconds: float) -> None:
        """Wait until a signal comes, or so many seconds."""
        select.select([self._pipe], [], [], seconds)

    def wake(self) -> None:
        """Let whoever waits look again."""
        os.write(self._writer, b"\0")

    def ignore(self) -> None:
        """From now on let nothing disturb the last notes."""
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)


@contextmanager
def caught() -> Iterator[Signals]:
    """Turn signals to stop into KeyboardInterrupt for the block. In the main thread only."""
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("A run must begin in the main thread: signals reach no other.")
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.set_blocking(writer, False)
    before = {number: signal.getsignal(number) for number in STOPPING}
    pipe_before = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    try:
        for number in STOPPING:
            # Whoever started us with a signal ignored (nohup) meant it.
            if before[number] is not signal.SIG_IGN:
                signal.signal(number, _interrupt)
        yield Signals(reader, writer)
    finally:
        signal.set_wakeup_fd(pipe_before)
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        os.close(reader)
        os.close(writer)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
