"""Atomicity: a folder is made under a hidden name, made durable, renamed once, and then linked to.

Whatever instant the process dies at, `published` points to a complete folder; what is left lying about has a
hidden name, and the next publication clears it.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from errors import Locked, UsageProblem
from project import Project

MAKING = ".making-"
PRUNING = ".pruning-"
LINKING = ".published-"
PATIENCE_SECONDS = 60
MODES = {"owner": (0o700, 0o600), "group": (0o750, 0o640), "everyone": (0o755, 0o644)}


@contextmanager
def only_publisher(project: Project) -> Iterator[None]:
    """Let one process at a time make, prune or choose publications. The system frees the lock of a dead one.

    Raises:
        Locked: another process kept it for a minute.
    """
    project.state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with filelock.FileLock(project.state_dir / "publish.lock", timeout=PATIENCE_SECONDS):
            yield
    except filelock.Timeout:
        raise Locked(
            "Another process is publishing in this project folder. Try again when it is done."
        ) from None


def clear_debris(project: Project) -> None:
    """Remove what crashed publishers left: half-made and half-pruned folders, links never put in place."""
    for left in (*project.publications_dir.glob(f"{MAKING}*"), *project.publications_dir.glob(f"{PRUNING}*")):
        shutil.rmtree(left)
    for link in project.root.glob(f"{LINKING}*"):
        link.unlink()


def begin(project: Project) -> Path:
    """A new empty folder with a hidden name beside the publications, readable by us alone."""
    project.publications_dir.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=MAKING, dir=project.publications_dir))


def free_id(project: Project, run_id: str) -> str:
    """`run_id`, or with `--2`, `--3` ... if that run has published before: existing folders never change."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._+-]*", run_id):
        raise ValueError(f"{run_id!r} cannot name a folder.")
    candidate, count = run_id, 1
    while (project.publications_dir / candidate).exists():
        count += 1
        candidate = f"{run_id}--{count}"
    return candidate


def seal(making: Path, publication_id: str, readable_by: str) -> Path:
    """Make everything in `making` durable and give it its name, by one rename. Returns the folder."""
    settle(making, readable_by)
    final = making.with_name(publication_id)
    making.rename(final)
    _fsync(final.parent)
    return final


def settle(making: Path, readable_by: str) -> None:
    """Make everything in `making` durable, and readable by whom it is for."""
    folder_mode, file_mode = MODES[readable_by]
    for path in sorted(making.rglob("*"), reverse=True):  # children before their folder
        path.chmod(folder_mode if path.is_dir() else file_mode)
        _fsync(path)
    making.chmod(folder_mode)
    _fsync(making)


def settle_places(folder: Path) -> None:
    """Make renames within `folder` durable."""
    for place in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        _fsync(place)


def point_to(project: Project, folder: Path) -> None:
    """Move the link `published` to `folder`: readers see the old one or the new one, never neither.

    Raises:
        UsageProblem: something that is not a link stands where the link goes.
    """
    assert_linkable(project)
    link = project.root / f"{LINKING}{folder.name}"
    link.unlink(missing_ok=True)
    link.symlink_to(folder.relative_to(project.root), target_is_directory=True)
    link.replace(project.published)
    _fsync(project.root)


def assert_linkable(project: Project) -> None:
    """Raise UsageProblem if `published` is there and is not a link: it may be somebody's work."""
    if project.published.exists() and not project.published.is_symlink():
        raise UsageProblem(f"{project.published} is not a link of ours. Move it away and publish again.")


def remove(folder: Path) -> None:
    """Take a publication out of sight by one rename, then delete it."""
    hidden = folder.with_name(f"{PRUNING}{folder.name}")
    folder.rename(hidden)
    shutil.rmtree(hidden)


def _fsync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
