"""A command in a folder on a disk of its own that is nearly full; nobody else sees that disk."""

import os
import subprocess
import sys
from pathlib import Path

from tests.chaos.nights import Folder
from tests.cli.mounts import in_its_own_mounts
from tests.cli.process import ROOT, Ended

# Run by a Python of its own, in its own mounts: the disk is gone with it, so what is there is copied out.
ON_IT = """
import pathlib, shutil, subprocess, sys
kilobytes, filled, folder, out, *command = sys.argv[1:]
subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder], check=True)
shutil.copytree(filled, folder, symlinks=True, dirs_exist_ok=True)
ended = subprocess.run(command, capture_output=True, text=True)
shutil.copytree(folder, out, symlinks=True)
sys.stdout.write(ended.stdout)
sys.stderr.write(ended.stderr)
sys.exit(ended.returncode)
"""
BLOCK = 4096


def on_a_small_disk(start: Folder, out: Path, spare: int, *words: str) -> Ended:
    """`smarketing WORDS` on a copy of `start`, with `spare` kilobytes left; what is left comes to `out`."""
    used = sum(BLOCK + path.lstat().st_size // BLOCK * BLOCK for path in start.root.rglob("*"))
    disk = out.with_name(f"{out.name}-disk")
    disk.mkdir()
    sizes = [str(used // 1024 + spare), str(start.root), str(disk), str(out)]
    alone = in_its_own_mounts(ON_IT, *sizes)
    ended = subprocess.run(
        [*alone, sys.executable, "-m", "cli", "--project-dir", str(disk), *words],
        check=False,
        cwd=out.parent,
        env={"PATH": os.environ["PATH"], "HOME": str(out.parent), "PYTHONPATH": str(ROOT)} | start.settings,
        capture_output=True,
        text=True,
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)
