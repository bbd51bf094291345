"""Troubles of the machine that anybody knows: what each means, and what to do. None needs a traceback."""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from errors import UsageProblem

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN = (errno.EROFS, errno.EACCES, errno.EPERM)
_NAMED = re.compile(r"""["'](/[^"'\n]+)["']""")
_MEGABYTE = 1_000_000
# What DuckDB says of a file that was cut off, overwritten, or was never one.
_DAMAGE = (
    "Corrupt database file",
    "not a valid DuckDB database file",
    "Could not read enough bytes from file",
    "does not match stored checksum",
    "Failure while replaying WAL",
)


def known_trouble(error: BaseException, root: Path) -> click.ClickException | None:
    """What to tell a person of `error`, wherever in its causes the trouble is; None: it is no known one."""
    for one in _causes(error):
        if _is(one, _FULL):
            return click.ClickException(
                f"The disk is full: {_free(root)} free where {root} is. Make room, then run again: "
                "what was half written is made up for."
            )
        if _is(one, _FORBIDDEN):
            file, why = _which(one)
            return UsageProblem(
                f"{file or root} cannot be written to: {why}. Everything in {root} must "
                "belong to the user who runs this, on a disk that is not read-only."
            )
    return None


@contextmanager
def plainly(root: Path) -> Iterator[None]:
    """Let a known trouble in the block be what a person is told."""
    try:
        yield
    except click.ClickException:
        raise
    except Exception as error:
        trouble = known_trouble(error, root)
        if trouble is None:
            raise
        raise trouble from error


def is_damage(error: BaseException) -> bool:
    """Whether `error` says that the working file is broken."""
    return any(sign in str(one) for one in _causes(error) for sign in _DAMAGE)


def _is(error: BaseException, numbers: tuple[int, ...]) -> bool:
    """By its number, or by the system's own words in a library's message."""
    if isinstance(error, OSError) and error.errno in numbers:
        return True
    return any(os.strerror(number) in str(error) for number in numbers)


def _which(error: BaseException) -> tuple[str | None, str]:
    """The file that an error is about, if it says so, and the system's words."""
    if isinstance(error, OSError) and error.errno in _FORBIDDEN:
        return error.filename, os.strerror(error.errno)
    said = str(error)
    named = _NAMED.search(said)
    why = next(words for number in _FORBIDDEN if (words := os.strerror(number)) in said)
    return named[1] if named else None, why


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is not None and one not in seen:
            seen.append(one)
            waiting += [one.__cause__, one.__context__]
            yield one


def _free(root: Path) -> str:
    try:
        found = os.statvfs(root)
    except OSError:
        return "nothing"
    return f"{found.f_bavail * found.f_frsize / _MEGABYTE:,.1f} MB"
