"""A night that is told to stop, and one that is killed."""

import json
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from sandbox.server import SandboxServer
from tests.cli.process import Smarketing, contents, ledger, status_of

PATIENCE = 90.0

pytestmark = pytest.mark.slow


def _until(started: Any, project: Path, runs_before: int) -> None:
    """Wait until the started run is in the ledger's copy."""
    deadline = time.monotonic() + PATIENCE
    runs = project / ".smarketing" / "runs.json"
    while not runs.is_file() or len(json.loads(runs.read_text(encoding="utf-8"))) == runs_before:
        assert started.poll() is None, started.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_night_told_to_stop_ends_cleanly(
    project: Path, crm: SandboxServer, settings: dict[str, str], number: signal.Signals
) -> None:
    before = contents(project / "publications")
    crm.portal.latency = 1.0
    try:
        nights = _count(project)
        started = Smarketing(project).start("sync", "--full-refresh", **settings)
        _until(started, project, nights)
        time.sleep(1.5)
        told_at = time.monotonic()
        started.send_signal(number)
        stdout, stderr = started.communicate(timeout=PATIENCE)
        seconds = time.monotonic() - told_at
    finally:
        crm.portal.latency = 0.0
    assert (started.returncode, stdout) == (1, "")
    assert stderr.splitlines()[-1].startswith(f"Error: Stopped by {number.name}. ")
    assert seconds < 15
    assert ledger(project)[-1] == ("failed", 1)
    assert contents(project / "publications") == before
    assert status_of(project)["at_work"] is None


def _count(project: Path) -> int:
    return len(json.loads((project / ".smarketing" / "runs.json").read_text(encoding="utf-8")))


def test_a_killed_night_is_marked_and_made_up_for(
    project: Path, crm: SandboxServer, settings: dict[str, str]
) -> None:
    crm.portal.latency = 1.0
    try:
        nights = _count(project)
        started = Smarketing(project).start("run", **settings)
        _until(started, project, nights)
        started.kill()
        started.communicate()
    finally:
        crm.portal.latency = 0.0
    killed = status_of(project)
    assert killed["at_work"] is None
    assert killed["runs"][0]["status"] == "killed"

    ended = Smarketing(project)("run", **settings)
    assert ended.code == 0, ended.stderr
    assert f"The run {killed['runs'][0]['run_id']} was killed" in ended.stderr
    assert ledger(project)[-2:] == [("killed", None), ("published", 0)]
