"""audit.runs says what became of each run."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from nightly.clock import run_id
from nightly.ledger import Entry, Ledger, recent
from project import Project
from warehouse import open_warehouse

NIGHT = datetime(2026, 11, 24, 20, 0, 0, 123000)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / ".smarketing").mkdir()
    return Project(tmp_path)


@pytest.fixture
def ledger(project: Project) -> Ledger:
    return Ledger(project, open_warehouse(project))


def _entry(nights_later: int = 0) -> Entry:
    start = NIGHT + timedelta(days=nights_later)
    return Entry(run_id(start), start, as_of=start, stages="sync build check publish")


def test_a_run_is_in_the_ledger_from_its_first_moment(project: Project, ledger: Ledger) -> None:
    assert ledger.begin(_entry()) == []
    with open_warehouse(project).connect() as connection:
        row = connection.execute(
            "select run_id, started_at, status, as_of, finished_at from audit.runs"
        ).fetchall()
    assert row == [("20261124T200000.123Z", NIGHT, "running", NIGHT, None)]


def test_what_became_of_it_takes_the_place_of_what_was(ledger: Ledger) -> None:
    entry = _entry()
    ledger.begin(entry)
    ended = replace(entry, status="failed", exit_code=4, sync_seconds=1.5, reason="The CRM is down.")
    ledger.write(ended)
    assert ledger.latest() == [ended]


def test_a_run_still_running_is_marked_killed_by_the_next(ledger: Ledger) -> None:
    ledger.begin(_entry())
    assert ledger.begin(_entry(nights_later=1)) == ["20261124T200000.123Z"]
    assert [(entry.run_id, entry.status) for entry in ledger.latest()] == [
        ("20261125T200000.123Z", "running"),
        ("20261124T200000.123Z", "killed"),
    ]


def test_who_only_looks_needs_no_warehouse(project: Project, ledger: Ledger) -> None:
    assert recent(project) == []
    ledger.begin(_entry())
    ledger.write(replace(_entry(), status="published", rows_loaded=12, finished_at=NIGHT))
    with open_warehouse(project).connect():  # as a run does that is at work
        assert recent(project) == ledger_rows(project)


def ledger_rows(project: Project) -> list[Entry]:
    return Ledger(project, open_warehouse(project)).latest()


def test_run_ids_sort_as_the_runs_do() -> None:
    instants = [
        NIGHT + timedelta(milliseconds=step) for step in (0, 1, 877, 59_999, 86_400_000, 31 * 86_400_000)
    ]
    assert sorted(map(run_id, instants)) == [run_id(instant) for instant in instants]
