"""A sync killed anywhere is mended by the next run."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sandbox.company import Company
from sandbox.server import SandboxServer
from tests.extract.conftest import NOW, Night
from tests.extract.truth import assert_equal

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 120
LATER = NOW + timedelta(days=20)


def _killed_when(night: Night, address: str, as_of: datetime, due: Callable[[], bool]) -> bool:
    """Start a sync and kill it as soon as `due` says so; whether it was cut off."""
    command = [sys.executable, "-m", "tests.extract.one_night", str(night.project.root), address]
    running = subprocess.Popen(
        [*command, as_of.isoformat()], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    started = time.monotonic()
    while running.poll() is None and not due():
        assert time.monotonic() - started < PATIENCE_SECONDS
        time.sleep(0.002)
    running.send_signal(signal.SIGKILL)
    return running.wait() == -signal.SIGKILL


@pytest.mark.slow
@pytest.mark.parametrize("requests", [14, 30, 45])
def test_killed_while_reading(night: Night, crm: SandboxServer, company: Company, requests: int) -> None:
    asked = crm.portal.requests
    assert _killed_when(night, crm.base_url, NOW, lambda: asked.total() >= requests)
    night.sync()
    assert_equal(night.warehouse, crm)


@pytest.mark.slow
@pytest.mark.parametrize(("package", "lost"), [(1, False), (2, False), (2, True), (3, True)])
def test_killed_while_loading(
    night: Night, crm: SandboxServer, company: Company, package: int, lost: bool
) -> None:
    """Also if the folder with dlt's own state is lost afterwards."""
    folder = night.project.state_dir / "dlt" / "hubspot" / "load"

    def is_loading() -> bool:
        return len(list(folder.glob("loaded/*"))) >= package - 1 and any(
            folder.glob("normalized/*/started_jobs/*")
        )

    assert _killed_when(night, crm.base_url, NOW, is_loading)
    if lost:
        shutil.rmtree(night.project.state_dir / "dlt")
    night.sync()
    assert_equal(night.warehouse, crm)


@pytest.mark.slow
def test_killed_on_a_later_night(night: Night, crm: SandboxServer, company: Company) -> None:
    night.sync()
    crm.set_now(LATER)
    crm.portal.requests.clear()
    assert _killed_when(
        night, crm.base_url, LATER, lambda: "POST /crm/v3/objects/contacts/batch/read" in crm.requests()
    )
    night.sync(LATER)
    assert_equal(night.warehouse, crm)


def test_a_first_night_goes_on_where_it_was_killed(
    night: Night, crm: SandboxServer, company: Company
) -> None:
    """What was loaded before is not read again."""
    folder = night.project.state_dir / "dlt" / "hubspot" / "load"
    assert _killed_when(night, crm.base_url, NOW, lambda: len(list(folder.glob("loaded/*"))) >= 3)
    crm.portal.requests.clear()
    night.sync()
    assert crm.requests()["GET /crm/v3/objects/contacts"] < 4
    assert_equal(night.warehouse, crm)
