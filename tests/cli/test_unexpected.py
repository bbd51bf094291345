"""What nobody expected ends in one sentence, and the traceback is in the log."""

import json
from pathlib import Path

import pytest

from tests.cli.process import NOBODY_LISTENS, TOKEN, Smarketing

CRM = {"SOURCES__HUBSPOT__ACCESS_TOKEN": TOKEN, "SOURCES__HUBSPOT__BASE_URL": NOBODY_LISTENS}


@pytest.mark.parametrize("command", ["run", "sync"])
def test_a_working_file_that_is_none(smarketing: Smarketing, folder: Path, command: str) -> None:
    (folder / "warehouse.duckdb").write_bytes(b"this is no database" * 1000)
    ended = smarketing(command, **CRM)
    assert (ended.code, ended.stdout) == (1, "")
    assert "Traceback" not in ended.stderr
    (said,) = [line for line in ended.stderr.splitlines() if line.startswith("Error: ")]
    assert said.startswith("Error: An unexpected failure, IOException: ")
    assert "Nothing was published." in said
    log = folder / ".smarketing" / "logs" / "smarketing.jsonl"
    assert str(log) in said
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert any("Traceback" in line.get("traceback", "") for line in lines)
    assert len({line["run_id"] for line in lines}) == 1


def test_a_reading_command_too(smarketing: Smarketing, folder: Path) -> None:
    (folder / ".smarketing").mkdir()
    (folder / ".smarketing" / "runs.json").write_text("{", encoding="utf-8")
    ended = smarketing("status")
    assert (ended.code, ended.stdout) == (1, "")
    assert ended.stderr.startswith("Error: An unexpected failure, JSONDecodeError: ")
    assert "Traceback" not in ended.stderr
    log = folder / ".smarketing" / "logs" / "smarketing.jsonl"
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_the_lock_is_free_afterwards(smarketing: Smarketing, folder: Path) -> None:
    (folder / "warehouse.duckdb").write_bytes(b"this is no database" * 1000)
    assert smarketing("run", **CRM).code == 1
    (folder / "warehouse.duckdb").unlink()
    assert smarketing("run", **CRM).code == 4
