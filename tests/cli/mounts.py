"""Mounts of a command's own: nobody else sees them, and they are gone with it."""

import os
import shutil
import subprocess
import sys

import pytest

ALONE = ["unshare", "--map-root-user", "--mount"]


def in_its_own_mounts(script: str, *words: str) -> list[str]:
    """The command line of a Python that runs `script` with `words` in mounts of its own.

    Where the kernel does not allow it, a laptop skips, loudly, and CI fails.
    """
    tried = [*ALONE, "true"]
    if not shutil.which(ALONE[0]) or subprocess.run(tried, capture_output=True, check=False).returncode:
        if os.environ.get("CI") == "true":
            pytest.fail("CI does not allow `unshare --mount`: no disk was troubled.")
        pytest.skip("`unshare --map-root-user --mount` is not allowed here: NO DISK WAS TROUBLED.")
    return [*ALONE, sys.executable, "-c", script, *words]
