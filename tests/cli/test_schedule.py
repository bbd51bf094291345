"""What `init` writes for cron and systemd is judged by them, and works in the environment that they give."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from nightly.folder import create
from tests.cli.process import NOBODY_LISTENS, ROOT, TOKEN, ledger

CRON = {"LOGNAME": "sla", "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin"}
# Blanks, quotes and letters that a bare environment's C locale does not have.
AWKWARD = "Müller's & Söhne $HOME"


def _tool(name: str, package: str) -> str:
    """Where it is. Without it a laptop skips, loudly, and CI fails."""
    if found := shutil.which(name):
        return found
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI has no {name}: the schedule was not judged.")
    pytest.skip(f"There is no {name} here: THE SCHEDULE WAS NOT JUDGED. Install the package `{package}`.")


@pytest.fixture(scope="module")
def scheduled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new project folder of an awkward name."""
    folder = tmp_path_factory.mktemp("scheduled") / AWKWARD
    create(folder)
    (folder / "agreement.yml").write_bytes((ROOT / "sandbox" / "agreement.yml").read_bytes())
    secrets = {"SOURCES__HUBSPOT__ACCESS_TOKEN": TOKEN, "SOURCES__HUBSPOT__BASE_URL": NOBODY_LISTENS}
    text = "".join(f"{name}={value}\n" for name, value in secrets.items())
    (folder / ".env").write_text(text, encoding="utf-8")
    return folder


def _cron_says(crontab: Path) -> subprocess.CompletedProcess[str]:
    """What cron thinks of a file; Debian's own word for judging it was `-n` before it became `-T`."""
    program = _tool("crontab", "cron")
    for option in ("-T", "-n"):
        said = subprocess.run([program, option, str(crontab)], capture_output=True, text=True, check=False)
        if "invalid option" not in said.stderr:
            return said
    raise AssertionError(said.stderr)


def test_cron_takes_the_crontab(scheduled: Path, tmp_path: Path) -> None:
    said = _cron_says(scheduled / "schedule" / "crontab")
    assert said.returncode == 0, said.stderr
    wrong = tmp_path / "crontab"
    wrong.write_text("61 2 * * * true\n", encoding="utf-8")
    assert _cron_says(wrong).returncode == 1


def _systemd_says(folder: Path, runtime: Path) -> subprocess.CompletedProcess[str]:
    units = [str(folder / "schedule" / f"smarketing.{kind}") for kind in ("service", "timer")]
    return subprocess.run(
        [_tool("systemd-analyze", "systemd"), "verify", "--user", "--man=no", *units],
        env={"PATH": os.environ["PATH"], "HOME": str(runtime), "XDG_RUNTIME_DIR": str(runtime)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_systemd_takes_the_units(scheduled: Path, tmp_path: Path) -> None:
    said = _systemd_says(scheduled, tmp_path)
    assert (said.returncode, said.stderr) == (0, "")
    wrong = tmp_path / "wrong"
    shutil.copytree(scheduled / "schedule", wrong / "schedule")
    service = wrong / "schedule" / "smarketing.service"
    service.write_text(service.read_text(encoding="utf-8").replace("ExecStart=/", "ExecStart=/not"))
    assert "not" in _systemd_says(wrong, tmp_path).stderr


def test_the_line_works_in_a_bare_environment(scheduled: Path) -> None:
    """As cron does it: a shell, four variables, another folder, no locale, no terminal, nothing to read."""
    line = (scheduled / "schedule" / "crontab").read_text(encoding="utf-8").splitlines()[-1]
    command = line.split(maxsplit=5)[5].replace(r"\%", "%")
    bare = [f"{name}={value}" for name, value in (CRON | {"HOME": str(scheduled.parent)}).items()]
    ended = subprocess.run(
        ["/usr/bin/env", "-i", *bare, "/bin/sh", "-c", command],
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    said = ended.stderr.decode()
    assert (ended.returncode, ended.stdout) == (4, b""), said
    assert said.startswith("Error: HubSpot at "), said
    assert ledger(scheduled) == [("failed", 4)]


def test_systemds_line_is_the_same_command(scheduled: Path) -> None:
    service = (scheduled / "schedule" / "smarketing.service").read_text(encoding="utf-8")
    (line,) = [one for one in service.splitlines() if one.startswith("ExecStart=")]
    words = shlex.split(line.removeprefix("ExecStart=").replace("$$", "$").replace("%%", "%"))
    assert words[1:] == ["--project-dir", str(scheduled), "-q", "run"]
