"""Environments of other clients' own, made once per machine: what people have is not what we have."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def environment(folder: Path, *packages: str) -> Path:
    """The Python of a new environment with `packages`. Without a network a laptop skips, loudly; CI fails."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    installed = subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages],
        check=False,
        capture_output=True,
        text=True,
    )
    if installed.returncode == 0:
        return python
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI could not install {', '.join(packages)}: {installed.stderr[-500:]}")
    pytest.skip(f"{', '.join(packages)} cannot be installed: THE OTHER CLIENT READ NOTHING.")
