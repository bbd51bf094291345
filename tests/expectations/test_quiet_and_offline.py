"""Great Expectations as a guest: no network, no telemetry, a silent terminal, nothing imported early."""

import os
import socket
import subprocess
import sys
from typing import Any

import pytest

from tests.expectations.company import Company, lead
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
