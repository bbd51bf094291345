"""A copy of the working file to try things on. What is in the project stays as it is."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from errors import Locked
from nightly.lock import held
from project import Project
from warehouse import DuckDBFile, Warehouse

PREFIX = "replay-"


@dataclass(frozen=True)
class Scratch:
    """A project folder of its own with a copy of the working file; gone when the block ends."""

    project: Project
    warehouse: Warehouse


@contextmanager
def scratch(project: Project, warehouse: Warehouse) -> Iterator[Scratch]:
    """Copy the working file while no run can be writing into it; the run's lock is free again thereafter.

    Raises:
        Locked: a run is at work, or another replay.
        OSError: there is no space for the copy.
    """
    from filelock import FileLock, Timeout

    project.state_dir.mkdir(mode=0o700, exist_ok=True)
    try:
        with FileLock(project.state_dir / "replay.lock", timeout=0):
            _clear(project)
            folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=project.state_dir))
            try:
                yield _copied(project, warehouse, folder)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except Timeout:
        raise Locked(
            "Another replay is at work in this project folder. Try again when it has ended."
        ) from None


def _copied(project: Project, warehouse: Warehouse, folder: Path) -> Scratch:
    copy = DuckDBFile("duckdb", folder / "warehouse.duckdb", {"type": "duckdb", "threads": 2})
    with held(project):
        warehouse.copy_to(copy.path)
    return Scratch(Project(folder), copy)


def _clear(project: Project) -> None:
    """Remove what a killed replay left: it holds the lock no more, and the copy holds persons."""
    for left in project.state_dir.glob(f"{PREFIX}*/"):
        shutil.rmtree(left)
