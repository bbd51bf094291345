"""A second run ends at once with 75, says who is at work, and touches nothing."""

import os
from pathlib import Path

import pytest

from nightly.lock import held
from project import Project
from tests.cli.process import NOBODY_LISTENS, TOKEN, Smarketing, contents


@pytest.mark.parametrize("command", ["run", "sync"])
def test_another_run_is_at_work(smarketing: Smarketing, folder: Path, command: str) -> None:
    with held(Project(folder)):
        before = contents(folder)
        ended = smarketing(
            command, SOURCES__HUBSPOT__ACCESS_TOKEN=TOKEN, SOURCES__HUBSPOT__BASE_URL=NOBODY_LISTENS
        )
        assert contents(folder) == before
    assert (ended.code, ended.stdout) == (75, "")
    assert f"Another run is at work in {folder}: process {os.getpid()} on " in ended.stderr


def test_status_says_who_is_at_work(smarketing: Smarketing, folder: Path) -> None:
    with held(Project(folder)):
        during = smarketing("status")
    after = smarketing("status")
    assert (during.code, after.code) == (0, 0)
    assert f"At work:   process {os.getpid()} on " in during.stdout
    assert "At work" not in after.stdout
