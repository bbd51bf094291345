"""A clock that jumps in the midst of a stage: the night, and the one after it, come to the same tables."""

import json
import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from tests.chaos.nights import PATIENCE_SECONDS, Folder
from tests.chaos.story import SECOND, Story
from tests.chaos.tables import differing, tables_of
from tests.cli.process import ROOT, Ended
from tests.cli.shifted import Clock, own_clock

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(1800)]
RUN = ("-q", "run", "--as-of", f"{SECOND.isoformat()}Z")


def _jumping(folder: Folder, clock: Clock, jump: timedelta, stage: str, *words: str) -> Ended:
    """`smarketing WORDS`, the clock off by `jump` as soon as `stage` is at work."""
    due = folder.in_stage(stage, 0.2)
    night = subprocess.Popen(
        [sys.executable, "-m", "cli", "--project-dir", str(folder.root), *words],
        cwd=folder.root.parent,
        env={"PATH": os.environ["PATH"], "HOME": str(folder.root.parent), "PYTHONPATH": str(ROOT)}
        | folder.settings
        | clock.settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + PATIENCE_SECONDS
    while night.poll() is None and not due():
        assert time.monotonic() < deadline, "it does not get there"
        time.sleep(0.01)
    clock.jump(jump.total_seconds())
    stdout, stderr = night.communicate()
    return Ended(night.returncode, stdout, stderr)


@pytest.mark.parametrize(
    ("stage", "jump"),
    [
        ("sync", timedelta(days=7_000)),
        ("sync", timedelta(days=-400)),
        ("build", timedelta(days=7_000)),
        ("publish", timedelta(days=-400)),
    ],
    ids=lambda value: value if isinstance(value, str) else f"by {value.days} days",
)
def test_a_clock_that_jumps_in_the_midst_of_a_stage(
    story: Story, tmp_path: Path, stage: str, jump: timedelta
) -> None:
    folder = story.before[stage].copy(story.place / f"jump-{stage}-{jump.days}")
    words = RUN if stage == "sync" else ("-q", stage)
    ended = _jumping(folder, own_clock(tmp_path), jump, stage, *words)
    assert (ended.code, ended.stderr) == (0, ""), ended.stderr
    last = json.loads((folder.root / ".smarketing" / "runs.json").read_text(encoding="utf-8"))[0]
    assert 0 < last[f"{stage}_seconds"] < PATIENCE_SECONDS, "durations do not know of it"
    if stage == "build":
        again = folder.run(*RUN)  # by the right clock again
        assert again.code == 0, again.stderr
    assert differing(tables_of(folder.root), story.truth) == []
    folder.remove()
