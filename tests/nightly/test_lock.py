"""One run at a time; a dead holder's lock is free."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from errors import Locked
from nightly.lock import held, holder
from project import Project

ROOT = Path(__file__).parents[2]
HOLD = """
import sys, time
from pathlib import Path
from nightly.lock import held
from project import Project
with held(Project(Path(sys.argv[1]))):
    print("held", flush=True)
    time.sleep(60)
"""


def _other_holder(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_second_is_turned_away_and_told_who_holds_it(tmp_path: Path) -> None:
    project = Project(tmp_path)
    other = _other_holder(tmp_path)
    try:
        assert f"process {other.pid} on " in str(holder(project))
        with pytest.raises(Locked) as turned_away, held(project):
            pass
        assert f"process {other.pid} on " in turned_away.value.message
        assert "since 20" in turned_away.value.message
        assert turned_away.value.exit_code == 75
    finally:
        other.kill()
        other.wait()


def test_a_killed_holder_leaves_the_lock_free(tmp_path: Path) -> None:
    project = Project(tmp_path)
    other = _other_holder(tmp_path)
    other.send_signal(signal.SIGKILL)
    other.wait()

    assert holder(project) is None
    with held(project):
        assert f"process {os.getpid()} on " in str(holder(project))
    assert holder(project) is None


def test_the_lock_is_free_after_an_exception(tmp_path: Path) -> None:
    project = Project(tmp_path)
    with pytest.raises(ZeroDivisionError), held(project):
        raise ZeroDivisionError
    with held(project):
        pass


def test_an_unreadable_name_of_the_holder_hinders_nobody(tmp_path: Path) -> None:
    project = Project(tmp_path)
    with held(project):
        (project.state_dir / "lock.json").write_text(json.dumps({"pid": "?"}), encoding="utf-8")
        assert holder(project) is None


def test_state_is_nobody_elses_to_read(tmp_path: Path) -> None:
    project = Project(tmp_path)
    with held(project):
        modes = {path.name: path.stat().st_mode & 0o777 for path in project.state_dir.iterdir()}
    assert project.state_dir.stat().st_mode & 0o777 == 0o700
    assert modes == {"lock": 0o600, "lock.json": 0o600}
