"""One run at a time on a shared path, whichever machines the runs are on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from errors import Locked


@contextmanager
def alone(shared: Path, who: str) -> Iterator[None]:
    """Hold the path for the block.

    Raises:
        Locked: somebody else does; it is said who.
    """
    from filelock import FileLock, Timeout

    shared.mkdir(mode=0o770, parents=True, exist_ok=True)
    lock, sign = FileLock(shared / "run.lock", mode=0o660), shared / "run.holder"
    try:
        lock.acquire(blocking=False)
    except Timeout:
        holder = sign.read_text(encoding="utf-8") if sign.is_file() else "it has only just begun"
        raise Locked(
            f"Another run is at work on {shared}: {holder}. "
            "Nothing was done; the next run can start when it has ended."
        ) from None
    try:
        sign.write_text(who, encoding="utf-8")
        yield
    finally:
        sign.unlink(missing_ok=True)
        lock.release()
