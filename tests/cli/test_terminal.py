"""On a terminal a night shows what it is doing: a bar for each long count, and a line for each step."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.process import ROOT

COUNTED = ("contacts", "deals", "building models", "testing tables", "checks of marts", "rules")
STEPS = (r"Built \d+ models", r"Judged \d+ rules", r"Published as ")


def seen_on_a_terminal(project: Path, settings: dict[str, str], *words: str) -> str:
    """All that a terminal of 100 columns is sent while a command runs."""
    ours, theirs = pty.openpty()
    bare = {"PATH": os.environ["PATH"], "HOME": str(project.parent), "PYTHONPATH": str(ROOT)}
    terminal = {"TERM": "xterm-256color", "COLUMNS": "100", "LINES": "40"}
    command = [sys.executable, "-m", "cli", "--project-dir", str(project), *words]
    process = subprocess.Popen(
        command, env=bare | terminal | settings, cwd=project.parent, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            said += os.read(ours, 65536)
        except OSError:  # the other end is closed: the command has ended
            break
    os.close(ours)
    assert process.wait() == 0, said.decode(errors="replace")[-3000:]
    return said.decode(errors="replace")


@pytest.mark.slow
def test_a_night_counts_objects_models_tests_checks_and_rules(folder: Path, settings: dict[str, str]) -> None:
    said = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen_on_a_terminal(folder, settings, "run"))
    for what in COUNTED:
        assert re.search(rf"{what}[ ━╸╺]+(\d+ of \d+|\d+|\d:\d\d)", said), what
    models = [tuple(map(int, pair)) for pair in re.findall(r"building models[ ━╸╺]+(\d+) of (\d+)", said)]
    assert models
    assert all(done <= total for done, total in models)
    assert len({total for _, total in models}) == 1
    for step in STEPS:
        assert re.search(step, said), step
