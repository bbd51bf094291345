"""Damage of every kind: a clear message, no traceback, nothing lost. Nights of it are in tests/chaos."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.cli.mounts import in_its_own_mounts
from tests.cli.process import NOBODY_LISTENS, ROOT, TOKEN, Ended, Smarketing, contents, ledger

CRM = {"SOURCES__HUBSPOT__ACCESS_TOKEN": TOKEN, "SOURCES__HUBSPOT__BASE_URL": NOBODY_LISTENS}


def test_a_working_file_that_is_none_is_set_aside(smarketing: Smarketing, folder: Path) -> None:
    nonsense = b"this is no database" * 1000
    (folder / "warehouse.duckdb").write_bytes(nonsense)
    ended = smarketing("run", **CRM)
    assert ended.code == 4
    assert "Traceback" not in ended.stderr
    assert "The working file was damaged, and is set aside as" in ended.stderr
    assert "Nothing had been published yet; the CRM is read from the start." in ended.stderr
    (aside,) = (folder / ".smarketing" / "damaged").glob("*.duckdb")
    assert aside.read_bytes() == nonsense
    assert ledger(folder) == [("failed", 4)]


@pytest.mark.parametrize("command", ["build", "check", "publish"])
def test_a_stage_alone_does_not_repair(smarketing: Smarketing, folder: Path, command: str) -> None:
    (folder / "warehouse.duckdb").write_bytes(b"this is no database" * 1000)
    ended = smarketing(command, **CRM)
    assert (ended.code, ended.stdout) == (2, "")
    assert "is damaged. `smarketing run` puts it back, and goes on." in ended.stderr


def test_a_clock_that_was_set_back(smarketing: Smarketing, folder: Path) -> None:
    assert smarketing("run", "--as-of", "2100-01-01T00:00:00Z", **CRM).code == 4
    before = ledger(folder)
    ended = smarketing("run", **CRM)
    assert (ended.code, ended.stdout) == (2, "")
    assert (
        "and the last run was as of 2100-01-01 00:00:00 UTC, which is later. Nothing was done."
        in ended.stderr
    )
    assert ledger(folder) == before
    assert smarketing("run", "--as-of", "2026-11-24T20:00:00Z", **CRM).code == 4
    assert smarketing("run", **CRM).code == 4


IN_ITS_OWN_MOUNT = """
import pathlib, subprocess, sys
options, folder, *command = sys.argv[1:]
signed = pathlib.Path(folder, "agreement.yml")
text = signed.read_bytes()
subprocess.run(["mount", *options.split(), folder], check=True)
signed.exists() or signed.write_bytes(text)
ended = subprocess.run(command, capture_output=True, text=True)
sys.stdout.write(ended.stdout)
sys.stderr.write(ended.stderr)
sys.exit(ended.returncode)
"""


def _mounted(folder: Path, options: str, *words: str) -> Ended:
    """The command, seeing `folder` as mounted with `options`; nobody else sees it so."""
    alone = in_its_own_mounts(IN_ITS_OWN_MOUNT, options, str(folder))
    bare = {"PATH": os.environ["PATH"], "HOME": str(folder.parent), "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [*alone, sys.executable, "-m", "cli", "--project-dir", str(folder), *words],
        check=False,
        cwd=folder.parent,
        env=bare | CRM,
        capture_output=True,
        text=True,
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def test_a_folder_that_is_read_only(folder: Path) -> None:
    before = contents(folder)
    ended = _mounted(folder, f"--bind -o ro,bind {folder}", "run")
    assert (ended.code, ended.stdout) == (2, "")
    assert "cannot be written to: Read-only file system." in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert contents(folder) == before


@pytest.mark.parametrize("kilobytes", [64, 200, 3000])
def test_a_disk_without_room(folder: Path, kilobytes: int) -> None:
    ended = _mounted(folder, f"-t tmpfs -o size={kilobytes}k tmpfs", "run")
    assert (ended.code, ended.stdout) == (4 if kilobytes > 2000 else 1, "")
    assert "Traceback" not in ended.stderr
    last = ended.stderr.splitlines()[-1]
    assert last.startswith("Error: The disk is full: " if ended.code == 1 else "Error: HubSpot at "), (
        ended.stderr
    )


def test_nothing_is_readable_by_others(smarketing: Smarketing, folder: Path) -> None:
    assert smarketing("run", **CRM).code == 4
    made = [path for path in folder.rglob("*") if path.name != "agreement.yml"]
    assert {path for path in made if path.stat().st_mode & 0o077} == set()
    with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as connection:
        assert connection.execute("select count(*) from audit.runs").fetchall() == [(1,)]
