"""A signal to stop is noticed whoever handles it."""

import os
import signal

import pytest

from nightly.signals import caught


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_interrupts_and_is_named(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with caught() as signals:
        assert signals.received() is None
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), number)
        assert signals.received() == number.name
    assert signal.getsignal(number) is before


def test_a_signal_that_a_library_swallowed_is_noticed() -> None:
    swallowed = []
    with caught() as signals:
        signal.signal(signal.SIGTERM, lambda number, frame: swallowed.append(number))
        os.kill(os.getpid(), signal.SIGTERM)
        assert swallowed == [signal.SIGTERM]
        assert signals.received() == "SIGTERM"


def test_the_last_notes_are_not_disturbed() -> None:
    with caught() as signals:
        signals.ignore()
        os.kill(os.getpid(), signal.SIGTERM)
        assert signals.received() is None
