"""Great Expectations as a guest: no network, no telemetry, a silent terminal, nothing imported early."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from expectations import check
from project import Run
from tests.expectations.company import AS_OF, Company, lead
from tests.expectations.signed import one_rule


def test_a_check_opens_no_connection_and_prints_nothing(
    company: Company, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    company.night([lead("1", email=None)])
    outcome = company.check(one_rule(company.root, "email is not null and employees > 3"))
    assert [r.verdict for r in outcome.results] == ["failed"]
    assert {r.verdict for r in outcome.structure} == {"passed"}
    assert capfd.readouterr() == ("", "")
    assert os.environ["GX_ANALYTICS_ENABLED"] == "false"


def test_the_room_is_entered_without_great_expectations() -> None:
    heavy = ("great_expectations", "sqlalchemy", "pandas", "duckdb_engine")
    program = f"import sys, expectations; print([name for name in {heavy} if name in sys.modules])"
    entered = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert entered.stdout.strip() == "[]"


class Watching:
    """Somebody at a terminal: what was counted, of how many."""

    def __init__(self) -> None:
        self.counts: dict[str, tuple[int, int | None]] = {}

    def say(self, message: str) -> None:
        """Not listened to."""

    @contextmanager
    def track(self, what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
        done = 0

        def advance(more: int) -> None:
            nonlocal done
            done += more

        yield advance
        self.counts[what] = done, total


def test_whoever_watches_sees_every_check_and_rule_counted(company: Company) -> None:
    company.night([lead("1")])
    watching = Watching()
    signed = one_rule(company.root, "email is not null and employees > 3")
    outcome = check(company.project, signed, company.warehouse, Run("run-1", AS_OF), watching)
    assert watching.counts.pop("rules") == (len(outcome.results), len(outcome.results))
    assert watching.counts.keys() == {
        "checks of raw_hubspot",
        "checks of marts",
        "checks of intermediate",
        "checks of audit",
    }
    assert all(done == total for done, total in watching.counts.values())
    assert sum(done for done, _ in watching.counts.values()) == len(outcome.structure)
