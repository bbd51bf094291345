"""A project folder, and the command that works on it."""

from pathlib import Path

import pytest

from tests.cli.process import ROOT, Smarketing


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project folder that holds the sandbox company's agreement, and nothing else."""
    folder = tmp_path / "sla"
    folder.mkdir()
    (folder / "agreement.yml").write_bytes((ROOT / "sandbox" / "agreement.yml").read_bytes())
    return folder


@pytest.fixture
def smarketing(folder: Path) -> Smarketing:
    """The command on `folder`."""
    return Smarketing(folder)
