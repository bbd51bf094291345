"""A night on a folder that was damaged since the last one comes to the same tables as on one that was not."""

import os
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.chaos.story import SECOND, Story
from tests.chaos.tables import differing, tables_of

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(1800)]
RUN = ("run", "--as-of", f"{SECOND.isoformat()}Z")


def _cut_off(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 3)


def _overwritten(file: Path) -> None:
    with file.open("r+b") as disk:
        disk.seek(4096)
        disk.write(b"\xa5" * 200_000)


def _nothing_left(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize("damage", [_cut_off, _overwritten, _nothing_left])
def test_a_damaged_working_file_is_put_back(story: Story, damage: Callable[[Path], None]) -> None:
    folder = story.before["sync"].copy(story.place / f"damaged{damage.__name__}")
    damage(folder.root / "warehouse.duckdb")
    ended = folder.run(*RUN)
    assert ended.code == 0, ended.stderr
    assert "It is back as the last publication left it" in ended.stderr
    assert differing(tables_of(folder.root), story.truth) == []
    with duckdb.connect(str(folder.root / "warehouse.duckdb"), read_only=True) as connection:
        runs = connection.execute("select status, exit_code from audit.runs order by run_id").fetchall()
    assert runs == [("published", 0), ("published", 0)]
    folder.remove()


def test_without_the_copy_the_ledger_comes_from_the_publication(story: Story) -> None:
    folder = story.before["sync"].copy(story.place / "without-copy")
    (folder.root / ".smarketing" / "kept.duckdb").unlink()
    _nothing_left(folder.root / "warehouse.duckdb")
    ended = folder.run(*RUN)
    assert ended.code == 0, ended.stderr
    assert "Its ledger is back from the last publication; the CRM is read from the start." in ended.stderr
    ledger = "published audit.lead_quality_violations"
    assert tables_of(folder.root)[ledger] == story.truth[ledger]
    folder.remove()


@pytest.mark.parametrize(
    "words",
    [
        ("sync", "--full-refresh"),
        ("sync", "--full-refresh", "--object", "contacts"),
        ("build", "--full-refresh"),
    ],
    ids=" ".join,
)
def test_starting_over_loses_nothing(story: Story, words: tuple[str, ...]) -> None:
    """Ledger and what was seen survive; the night that follows publishes the same."""
    folder = story.before["build"].copy(story.place / f"again-{words[0]}")
    again = (*words, *RUN[1:]) if words[0] == "sync" else words
    assert folder.run(*again).code == 0
    assert folder.run(*RUN).code == 0
    differ = differing(tables_of(folder.root), story.truth)
    assert [name for name in differ if "seen" in name or "lead_quality" in name or " marts." in name] == []
    folder.remove()
