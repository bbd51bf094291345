"""`init` writes files that work as they stand, and overwrites nothing."""

import shlex
import shutil
from configparser import ConfigParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from tests.cli.process import contents

FILES = {
    ".env.example",
    "agreement.yml",
    "profiles.yml",
    "schedule/crontab",
    "schedule/smarketing.service",
    "schedule/smarketing.timer",
}


def _smarketing(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_a_new_folder_has_all_that_a_project_needs(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "sla"
    ended = _smarketing("init", folder)
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert set(contents(folder)) == FILES
    assert all(f"{folder}/{name}" in ended.stdout for name in FILES)
    assert _smarketing("--project-dir", folder, "agreement", "check").exit_code == 0


def test_what_it_wrote_lacks_only_the_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCES__HUBSPOT__ACCESS_TOKEN", raising=False)
    _smarketing("init", tmp_path)
    shutil.copy(tmp_path / ".env.example", tmp_path / ".env")
    ended = _smarketing("--project-dir", tmp_path, "run")
    assert ended.exit_code == 2
    assert "There is no access token for HubSpot." in ended.stderr


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "profiles.yml").write_text("mine", encoding="utf-8")
    before = contents(tmp_path)
    ended = _smarketing("init", tmp_path)
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert "has profiles.yml already, and nothing is overwritten." in ended.stderr
    assert contents(tmp_path) == before


def test_cron_is_told_full_paths(tmp_path: Path) -> None:
    folder = tmp_path / "100% of it"
    _smarketing("init", folder)
    line = (folder / "schedule" / "crontab").read_text(encoding="utf-8").splitlines()[-1]
    minute, hour, *days, command = line.split(maxsplit=5)
    assert (minute, hour, days) == ("30", "2", ["*", "*", "*"])
    assert "%" not in command.replace(r"\%", "")
    program, *words = shlex.split(command.replace(r"\%", "%"))
    assert words == ["--project-dir", str(folder), "-q", "run"]
    assert program == "smarketing" or Path(program).is_absolute()


def test_systemd_is_told_full_paths_and_what_is_no_failure(tmp_path: Path) -> None:
    folder = tmp_path / "100% of it"
    _smarketing("init", folder)
    units = {name: ConfigParser(interpolation=None) for name in ("smarketing.service", "smarketing.timer")}
    for name, unit in units.items():
        unit.read(folder / "schedule" / name)
    service, timer = units["smarketing.service"]["Service"], units["smarketing.timer"]
    # A quoted word keeps its blanks, and %% is a percent sign.
    assert service["ExecStart"].endswith(f'--project-dir "{tmp_path}/100%% of it" -q run')
    assert (service["Type"], service["SuccessExitStatus"]) == ("oneshot", "75")
    assert timer["Timer"]["Persistent"] == "true"
    assert timer["Install"]["WantedBy"] == "timers.target"
