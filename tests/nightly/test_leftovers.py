"""What a night leaves of bad ones before it: all of it, until somebody is erased in the CRM."""

import json
import logging
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nightly import logs, repair
from nightly.leftovers import ASIDE_AT_MOST, clear
from nightly.secrets import masking
from progress import Silent
from project import Project
from publish.forgetting import erased, note_of
from tests.publish.conftest import Office

QUOTED = "Jane Doe\nlives at:\n  5th Street"
BEGUN = datetime(2026, 11, 24, 20)
ERASED = """
    create schema if not exists raw_hubspot;
    create table if not exists raw_hubspot.purged_records
        (object_type varchar, id varchar, purged_at timestamp);
    insert into raw_hubspot.purged_records values ('contacts', '70000000057', now())
"""


def _erase(office: Office) -> None:
    with office.warehouse.connect() as connection:
        connection.execute(ERASED)


def _damage(office: Office) -> Path:
    """Set a damaged working file aside; what comes in its place is a good one again."""
    file = office.project.root / "warehouse.duckdb"
    good = file.read_bytes()
    file.write_bytes(b"this is no database" * 1000)
    repair.mend(office.project, office.warehouse, BEGUN, Silent(), syncs=True)
    file.write_bytes(good)
    return repair.aside_of(office.project)


@pytest.fixture
def state(office: Office) -> Project:
    office.project.state_dir.mkdir(exist_ok=True)
    return office.project


def test_a_damaged_file_waits_for_its_owner_and_goes_with_who_is_erased(
    office: Office, state: Project
) -> None:
    aside = _damage(office)
    clear(state, office.warehouse)
    assert [file.suffix for file in aside.iterdir() if file.suffix] == [".duckdb"]
    _erase(office)
    clear(state, office.warehouse)
    assert not aside.exists()


def test_a_damaged_file_is_not_kept_for_longer_than_a_month(office: Office, state: Project) -> None:
    _erase(office)
    note_of(state).write_text(erased(office.warehouse), encoding="utf-8")  # as the publisher did then
    aside = _damage(office)
    clear(state, office.warehouse)
    assert aside.exists(), "who was erased before is no news"
    long_ago = time.time() - (ASIDE_AT_MOST + timedelta(hours=1)).total_seconds()
    os.utime(aside, (long_ago, long_ago))
    clear(state, office.warehouse)
    assert not aside.exists()


def _written(project: Project, say: Callable[[], None]) -> None:
    with logs.written(project, "r", masking(["no secret"])):
        say()


def _bad_night() -> None:
    ours, theirs = logging.getLogger("nightly.ending"), logging.getLogger("some.library")
    ours.error("Leads 70000000057, 70000000058 and 7 more.")
    ours.error("Rule r could not be checked: no date: Jane Doe of 5th Street")
    theirs.warning("cannot use Jane Doe")
    try:
        float(QUOTED)
    except ValueError:
        ours.exception("unexpected failure")


def test_old_logs_lose_ids_and_whatever_was_quoted_and_nothing_else(office: Office, state: Project) -> None:
    file = logs.file_of(state)
    _written(state, _bad_night)
    file.rename(file.with_name(f"{file.name}.3"))
    _written(state, _bad_night)
    before = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    clear(state, office.warehouse)
    assert [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] == before
    _erase(office)
    with logs.written(state, "later", masking([])):
        clear(state, office.warehouse)
        logging.getLogger("smarketing").info("goes on")
    current, older = (one.read_text(encoding="utf-8") for one in (file, file.with_name(f"{file.name}.3")))
    for text in (current, older):
        assert [word for word in ("70000000057", "Jane", "5th Street") if word in text] == []
    told = [json.loads(line) for line in current.splitlines()]
    assert [one["message"] for one in told] == [
        "Leads …, 70000000058 and 7 more.",
        "Rule r could not be checked.",
        "unexpected failure",
        "goes on",
    ]
    assert told[2]["traceback"].splitlines()[-1] == "ValueError"
    assert [file.name for file in file.parent.iterdir() if file.suffix == ".new"] == []
    assert {one.stat().st_mode & 0o777 for one in file.parent.iterdir()} == {0o600}
    assert datetime.fromisoformat(told[0]["at"]).tzinfo == UTC
