"""A command for which a part of its folder is read-only, from the start or from the midst of a stage on.

A read-only mount is laid over the part while the night is at work: what is open stays open, and whatever is
opened or made from then on meets a disk that takes nothing more.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.chaos.nights import Folder
from tests.cli.mounts import in_its_own_mounts
from tests.cli.process import ROOT, Ended

TURNED = """
import pathlib, subprocess, sys, time
part, log, sign, *command = sys.argv[1:]
log = pathlib.Path(log)

def turn():
    for options in (["--bind", part, part], ["-o", "remount,ro,bind", part]):
        subprocess.run(["mount", *options], check=True)

if not sign:
    turn()
    sys.exit(subprocess.run(command).returncode)
known = len(log.read_text())
night = subprocess.Popen(command)
while night.poll() is None and sign not in log.read_text()[known:]:
    time.sleep(0.01)
turn()
sys.exit(night.wait())
"""


def read_only(folder: Folder, part: Path, since: str | None, *words: str) -> Ended:
    """`smarketing WORDS`; `part` is read-only once `since`, a stage, has begun, or from the start."""
    sign = f'"{since} begins"' if since else ""
    alone = in_its_own_mounts(TURNED, str(part), str(folder.log), sign)
    ended = subprocess.run(
        [*alone, sys.executable, "-m", "cli", "--project-dir", str(folder.root), *words],
        check=False,
        cwd=folder.root.parent,
        env={"PATH": os.environ["PATH"], "HOME": str(folder.root.parent), "PYTHONPATH": str(ROOT)}
        | folder.settings,
        capture_output=True,
        text=True,
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)
