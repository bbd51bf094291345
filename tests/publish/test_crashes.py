"""A publisher killed at any point leaves a complete publication shown; the next one clears the debris."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import publish
from tests.publish.conftest import Office
from tests.publish.folders import assert_complete, digests, hidden

ROOT = Path(__file__).parents[2]
POINTS = [
    ("after", "mkdir", 1),  # the hidden folder is there, nothing in it
    ("before", "fsync", 1),  # everything written, nothing durable
    ("after", "fsync", 5),
    ("before", "rename", 1),  # durable, not yet named
    ("after", "rename", 1),  # named, not yet shown
    ("before", "symlink", 1),
    ("after", "symlink", 1),  # a link that is not in its place
    ("after", "replace", 1),  # shown, nothing pruned yet
    ("after", "rename", 2),  # an old one out of sight, not yet deleted
    ("after", "unlink", 3),
]


def run_publisher(root: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.publish.publisher", str(root), *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"PUBLISH__KEEP": "2"}, stderr=subprocess.PIPE
    )


@pytest.mark.parametrize(("when", "call", "count"), POINTS, ids=str)
def test_killed_publisher(office: Office, when: str, call: str, count: int) -> None:
    with office.warehouse.connect() as connection:
        connection.execute("drop table marts.lead_handoffs")  # no charts: they take time and no part in this
    office.publish("0")
    first = office.publish("1")
    before = digests(first.path)

    died = run_publisher(office.project.root, "2", when, call, str(count))
    _, said = died.communicate(timeout=120)
    assert died.returncode == -signal.SIGKILL, said.decode()

    shown = publish.current(office.project)
    assert shown is not None
    assert_complete(shown.path)
    if shown.publication_id == "1":
        assert digests(first.path) == before

    after = office.publish("3")
    assert publish.current(office.project) == after
    assert hidden(office.project.root) == []
    for kept in publish.history(office.project):
        assert_complete(kept.path)
    folders = {path.name for path in office.project.publications_dir.iterdir()}
    assert folders == {kept.publication_id for kept in publish.history(office.project)}
