"""What nobody expected ends in one sentence too; the traceback is in the log."""

import json
from pathlib import Path

from tests.cli.process import NOBODY_LISTENS, TOKEN, Smarketing

CRM = {"SOURCES__HUBSPOT__ACCESS_TOKEN": TOKEN, "SOURCES__HUBSPOT__BASE_URL": NOBODY_LISTENS}


def _log(folder: Path) -> list[dict[str, str]]:
    log = folder / ".smarketing" / "logs" / "smarketing.jsonl"
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


def test_a_folder_where_a_file_should_be(smarketing: Smarketing, folder: Path) -> None:
    (folder / "warehouse.duckdb").mkdir()
    ended = smarketing("run", **CRM)
    assert (ended.code, ended.stdout) == (1, "")
    assert "Traceback" not in ended.stderr
    (said,) = [line for line in ended.stderr.splitlines() if line.startswith("Error: ")]
    assert said.startswith("Error: An unexpected failure, ")
    assert str(folder / ".smarketing" / "logs" / "smarketing.jsonl") in said
    assert any("Traceback" in line.get("traceback", "") for line in _log(folder))


def test_a_reading_command_too(smarketing: Smarketing, folder: Path) -> None:
    (folder / ".smarketing").mkdir()
    (folder / ".smarketing" / "runs.json").write_text("{", encoding="utf-8")
    ended = smarketing("status")
    assert (ended.code, ended.stdout) == (1, "")
    assert ended.stderr.startswith("Error: An unexpected failure, JSONDecodeError: ")
    assert "Traceback" not in ended.stderr
    assert any("Traceback" in line.get("traceback", "") for line in _log(folder))


def test_the_lock_is_free_afterwards(smarketing: Smarketing, folder: Path) -> None:
    (folder / "warehouse.duckdb").mkdir()
    assert smarketing("run", **CRM).code == 1
    (folder / "warehouse.duckdb").rmdir()
    assert smarketing("run", **CRM).code == 4
