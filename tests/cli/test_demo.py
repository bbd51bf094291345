"""The demo makes its own folder, goes on the next night, and touches nobody else's."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from tests.cli.process import contents

SMALL = ("--contacts", "120", "--seed", "5")


def _demo(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["demo", str(folder), *options])


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    before = contents(tmp_path)
    ended = _demo(tmp_path, *SMALL)
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert f"Give a new folder: smarketing demo {tmp_path}-demo" in ended.stderr
    assert contents(tmp_path) == before


def test_another_company_does_not_move_into_a_demo(tmp_path: Path) -> None:
    state = tmp_path / ".smarketing"
    state.mkdir()
    (state / "demo.json").write_text(json.dumps({"contacts": 300, "seed": 2}), encoding="utf-8")
    before = contents(tmp_path)
    ended = _demo(tmp_path, *SMALL)
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert "Go on with --contacts 300 --seed 2" in ended.stderr
    assert contents(tmp_path) == before


@pytest.mark.slow
def test_two_nights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCES__HUBSPOT__ACCESS_TOKEN", "pat-na1-a-real-portals")
    monkeypatch.setenv("SOURCES__HUBSPOT__BASE_URL", "http://127.0.0.1:9")
    folder = tmp_path / "demo"
    first = _demo(folder, *SMALL)
    assert first.exit_code == 0, first.stderr
    assert "Paradox Marketing, 2026-11-24 20:00:00 UTC, under 2026-Q3" in first.stdout
    assert f"Report: {folder}/published/report.html" in first.stdout
    assert (folder / "published" / "report.html").is_file()

    second = _demo(folder, *SMALL)
    assert second.exit_code == 0, second.stderr
    assert "Paradox Marketing, 2026-11-25 20:00:00 UTC, under 2026-Q3" in second.stdout
    loaded = [int(run["rows_loaded"]) for run in _runs(folder)]
    assert loaded[0] < loaded[1] / 4, "the second night fetched nearly everything again"


def _runs(folder: Path) -> list[dict[str, str]]:
    status = CliRunner().invoke(main, ["--project-dir", str(folder), "status", "--json"])
    runs: list[dict[str, str]] = json.loads(status.stdout)["runs"]
    return runs
