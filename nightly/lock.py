"""One run at a time in a project folder. The kernel frees a dead holder's lock by itself."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from errors import Locked
from nightly.clock import now, shown
from nightly.state import write_json
from project import Project


@contextmanager
def held(project: Project) -> Iterator[None]:
    """Hold the project's lock for the block, and say beside it who does.

    Raises:
        Locked: somebody else holds it. Nothing was written, not even the log.
    """
    from filelock import FileLock, Timeout

    project.state_dir.mkdir(mode=0o700, exist_ok=True)
    project.state_dir.chmod(0o700)
    lock = FileLock(project.state_dir / "lock", mode=0o600)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise Locked(
            f"Another run is at work in {project.root}: {holder(project) or 'it has only just begun'}. "
            "Nothing was done; the next run can start when it has ended."
        ) from None
    sign = _sign(project)
    try:
        write_json(sign, {"pid": os.getpid(), "host": socket.gethostname(), "since": shown(now())})
        yield
    finally:
        # While the lock is ours still: whoever comes next must find no name or their own.
        release_sign(project)
        lock.release()


def our_name() -> str:
    """Who we are, to those on other machines."""
    return f"process {os.getpid()} on {socket.gethostname()}"


def release_sign(project: Project) -> None:
    """Take our name away; the lock itself goes with the process, and so does a name that cannot go."""
    with suppress(OSError):
        _sign(project).unlink(missing_ok=True)


def holder(project: Project) -> str | None:
    """Who is at work here, as part of a sentence; None if nobody is, or has not signed yet.

    Only looks: to try the lock would turn away a run that begins at this instant.
    """
    try:
        sign = json.loads(_sign(project).read_text(encoding="utf-8"))
        if sign["host"] == socket.gethostname() and not _is_alive(int(sign["pid"])):
            return None
        return f"process {sign['pid']} on {sign['host']}, since {sign['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _sign(project: Project) -> Path:
    return project.state_dir / "lock.json"
