"""`status` tells what the last nights took, what was slower than usual, and what is left of the day."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from nightly.clock import run_id
from nightly.ledger import Entry, Ledger
from project import Project
from tests.cli.process import Smarketing, status_of
from warehouse import open_warehouse

FIRST = datetime(2026, 11, 20, 2, 30)


@pytest.fixture
def nights(folder: Path) -> list[Entry]:
    """Four nights in the ledger; the build of the last took three times as long."""
    (folder / ".smarketing").mkdir()
    ledger = Ledger(Project(folder), open_warehouse(Project(folder)))
    for night in range(4):
        start = FIRST + timedelta(days=night)
        entry = Entry(run_id(start), start, start + timedelta(minutes=2), "published", 0, start)
        entry.rows_loaded, entry.requests = 1200 + night, 650
        entry.quota_limit, entry.quota_left = 650_000, 640_000
        entry.sync_seconds, entry.check_seconds, entry.publish_seconds = 20.0, 4.0, 6.5
        entry.build_seconds = 90.0 if night == 3 else 30.0
        ledger.write(entry)
    return ledger.latest()


def test_it_tells_what_a_night_took(smarketing: Smarketing, folder: Path, nights: list[Entry]) -> None:
    said = smarketing("status")
    assert said.code == 0, said.stderr
    assert "Build took 90.0 s; usual are 30.0 s." in said.stdout
    assert "650 requests, 0.1% of the day's 650,000; 640,000 were left." in said.stdout
    for figure in ("1203", "650", "20.0s", "90.0s", "4.0s", "6.5s"):
        assert figure in said.stdout, said.stdout
    found = status_of(folder)
    assert found["slower_than_usual"] == ["Build took 90.0 s; usual are 30.0 s."]
    assert found["quota_used"].startswith("650 requests, 0.1%")
    assert [run["run_id"] for run in found["runs"]] == [one.run_id for one in nights]
    assert found["runs"][0].keys() == asdict(nights[0]).keys()
    assert json.dumps(found)
