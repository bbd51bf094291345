"""Readers in tight loops meet neither an error nor a mix while publishers publish, and die."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import publish
from tests.publish.conftest import Office
from tests.publish.folders import assert_complete
from tests.publish.test_crashes import run_publisher

ROOT = Path(__file__).parents[2]
NIGHTS, READERS = 30, 4
Reader = subprocess.Popen[bytes]


def live_through(office: Office, night: int) -> None:
    """The working file of one more night: every row says which."""
    with office.warehouse.connect() as connection:
        connection.execute("create schema if not exists marts; create schema if not exists audit")
        for table, rows in (("marts.odd", 1000), ("marts.even", 1000), ("audit.both", 1)):
            made = f"select range as id, {night} as night, md5(range::varchar) as filling from range({rows})"
            connection.execute(f"create or replace table {table} as {made}")


@pytest.fixture
def nights(office: Office) -> Office:
    """Tables of one's own instead of the small company's."""
    with office.warehouse.connect() as connection:
        connection.execute("drop schema marts cascade; drop schema audit cascade")
    live_through(office, 0)
    office.publish("00")
    return office


@contextmanager
def reading(root: Path) -> Iterator[list[Reader]]:
    """Four readers that are told to stop at the end of the block, whatever happened in it."""
    command = [sys.executable, "-m", "tests.publish.reader", str(root)]
    pipe = subprocess.PIPE
    readers = [subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe) for _ in range(READERS)]
    try:
        yield readers
    finally:
        (root / "stop").touch()


def publish_or_die(root: Path, night: int, moment: float | None) -> bool:
    """Publish in another process, killed after `moment` seconds if it is given. Whether it was killed."""
    publisher = run_publisher(root, f"{night:02}")
    if moment is not None:
        time.sleep(moment)
        publisher.kill()
    _, said = publisher.communicate()
    assert publisher.returncode == 0 or moment is not None, said.decode()
    return publisher.returncode != 0


@pytest.mark.slow
@pytest.mark.timeout(1500)
def test_thirty_publications_under_readers_and_kills(nights: Office) -> None:
    root, chance, killed = nights.project.root, random.Random(5), 0
    with reading(root) as readers:
        for night in range(1, NIGHTS + 1):
            live_through(nights, night)
            killed += publish_or_die(root, night, chance.uniform(0.5, 3) if night % 3 == 0 else None)
            shown = publish.current(nights.project)
            assert shown is not None
            assert_complete(shown.path)
    for reader in readers:
        out, said = reader.communicate(timeout=60)
        assert reader.returncode == 0, said.decode()
        reads, seen = map(int, out.split())
        assert reads > NIGHTS
        assert seen > NIGHTS / 3
    assert killed > 0
