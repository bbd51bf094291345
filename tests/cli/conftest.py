"""A project folder, and the command that works on it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.company import Company
from sandbox.server import SandboxServer, running
from tests.cli.process import ROOT, Ended, Smarketing

FIRST_NIGHT = "2026-11-24T20:00:00Z"


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


@pytest.fixture(scope="session")
def crm() -> Iterator[SandboxServer]:
    """A small company's CRM."""
    with running(Company(contacts=120, seed=5)) as server:
        yield server


@pytest.fixture(scope="session")
def settings(crm: SandboxServer) -> dict[str, str]:
    """What the command has to know of the CRM."""
    return {"SOURCES__HUBSPOT__BASE_URL": crm.base_url, "SOURCES__HUBSPOT__ACCESS_TOKEN": crm.token}


@pytest.fixture(scope="session")
def first_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first night was."""
    folder = tmp_path_factory.mktemp("first") / "sla"
    folder.mkdir()
    (folder / "agreement.yml").write_bytes((ROOT / "sandbox" / "agreement.yml").read_bytes())
    return folder


@pytest.fixture(scope="session")
def first(first_folder: Path, settings: dict[str, str]) -> Ended:
    """How the first night ended."""
    return Smarketing(first_folder)("run", "--as-of", FIRST_NIGHT, **settings)


@pytest.fixture(scope="module")
def project(first: Ended, first_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder after the first night, for one module to go on with."""
    assert first.code == 0, first.stderr
    folder = tmp_path_factory.mktemp("nights") / "sla"
    shutil.copytree(first_folder, folder, symlinks=True)
    return folder
