"""Readers in tight loops meet neither an error nor a mix while publishers publish, and die."""

import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import publish
from tests.publish.conftest import Office
from tests.publish.folders import assert_complete
from tests.publish.warm import keeping, publish_or_die

ROOT = Path(__file__).parents[2]
NIGHTS, READERS = 30, 4
Reader = subprocess.Popen[bytes]


def live_through(office: Office, night: int) -> None:
    """The working file of one more night: every row says which."""
    with office.warehouse.connect() as connection:
        connection.execute("create schema if not exists marts; create schema if not exists audit")
        for table, rows in (("marts.odd", 300), ("marts.even", 300), ("audit.both", 1)):
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


@pytest.mark.slow
def test_thirty_publications_under_readers_and_kills(nights: Office) -> None:
    root, chance, killed = nights.project.root, random.Random(5), 0
    with reading(root) as readers, keeping(2):
        _, usual = publish_or_die(root, "00w", None)
        for night in range(1, NIGHTS + 1):
            live_through(nights, night)
            moment = chance.uniform(0.05, 1.1) * usual if night % 3 == 0 else None
            died, seconds = publish_or_die(root, f"{night:02}", moment)
            killed, usual = killed + died, usual if moment else seconds
            shown = publish.current(nights.project)
            assert shown is not None
            assert_complete(shown.path)
    total = 0
    for reader in readers:
        out, said = reader.communicate(timeout=60)
        assert reader.returncode == 0, said.decode()
        reads, seen = map(int, out.split())
        total += reads
        assert reads > NIGHTS
        assert seen > NIGHTS / 3
    assert killed > NIGHTS / 10
    counted = f"{NIGHTS} publishers, {killed} killed; {READERS} readers, {total:,} reads, no error and no mix"
    print(counted)  # noqa: T201 -- what `pytest -s` shows of it
