"""How a run ends: what a person is told, and what the ledger keeps."""

import contextlib
import logging
import os
import sys
import threading
from typing import NoReturn

import click

from errors import ChecksFailed, CrmTooSlow, Stopped, Unexpected, WrongClock
from nightly import logs
from nightly.clock import now
from nightly.ledger import Entry
from nightly.lock import release_sign
from nightly.repair import mark_damaged
from nightly.secrets import Mask
from nightly.stages import Night
from nightly.troubles import is_damage, known_trouble
from nightly.watchdog import Stop
from project import Project

LOG = logging.getLogger(__name__)
LEDGER_SECONDS = 4.0
TRACE_SECONDS = 2.0


def explained(error: BaseException, night: Night, stop: Stop | None, mask: Mask) -> click.ClickException:
    """What to tell a person. The traceback, where one helps, goes to the log."""
    if stop:
        LOG.info("%s", stop.sentence, exc_info=error)
        return _stopped(stop, night)
    if isinstance(error, click.ClickException):
        LOG.error("%s", mask(error.message))
        return error if mask(error.message) == error.message else type(error)(mask(error.message))
    if is_damage(error):
        LOG.critical("the working file is damaged", exc_info=error)
        return _damaged(night)
    if trouble := known_trouble(error, night.project.root):
        LOG.error("%s", trouble.message, exc_info=error)
        return type(trouble)(f"{trouble.message} {_what_stands(night)}")
    LOG.critical("unexpected failure", exc_info=error)
    said = mask(str(error)).strip().partition("\n")[0] or "without a message"
    then = f"{_what_stands(night)} The traceback is in {logs.file_of(night.project)}."
    return Unexpected(type(error).__name__, said, then)


def _stopped(stop: Stop, night: Night) -> Stopped:
    kind = CrmTooSlow if stop.exit_code == CrmTooSlow.exit_code else Stopped
    return kind(f"{stop.sentence} {_what_stands(night)} The next run goes on from here.")


def _damaged(night: Night) -> click.ClickException:
    with contextlib.suppress(OSError):
        mark_damaged(night.project)
    return click.ClickException(
        f"The working file is damaged: a disk or a person changed it. {_what_stands(night)} "
        "`smarketing run` sets it aside, puts back what the last publication kept, and goes on from there."
    )


def last_words(stop: Stop, night: Night) -> NoReturn:
    """End this process, whose main thread does not listen; what was half done, the next run mends."""
    failure = _stopped(stop, night)
    LOG.warning("%s The work did not end by itself: it is left where it is.", stop.sentence)
    night.entry.finished_at, night.entry.status = now(), "failed"
    night.entry.exit_code, night.entry.reason = failure.exit_code, failure.message
    with contextlib.suppress(OSError):
        night.ledger.note(night.entry)
    # The warehouse may be what hangs: then the next run takes over what the mirror says.
    writing = threading.Thread(target=close, args=(night, failure), daemon=True)
    writing.start()
    writing.join(LEDGER_SECONDS)
    night.trace.end(of_run(night.entry), failure.exit_code, TRACE_SECONDS)
    release_sign(night.project)
    failure.show()
    leave(failure.exit_code)


def of_run(entry: Entry) -> dict[str, str | int | None]:
    """What a trace hears of a run that is over: which it was, how it ended, and counts."""
    return {
        "smarketing.run_id": entry.run_id,
        "smarketing.stages": entry.stages,
        "smarketing.as_of": f"{entry.as_of.isoformat()}Z" if entry.as_of else None,
        "smarketing.agreement_version": entry.agreement_version,
        "smarketing.status": entry.status,
        "smarketing.exit_code": entry.exit_code,
        "smarketing.rows_loaded": entry.rows_loaded,
        "smarketing.requests": entry.requests,
        "smarketing.publication_id": entry.publication_id,
    }


def leave(exit_code: int) -> NoReturn:
    """End the process without waiting for anybody."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(exit_code)


def _what_stands(night: Night) -> str:
    """Whether the failing run had moved the link already: never claim what is not so."""
    current = published_id(night.project)
    if current == night.published_before:
        return "Nothing was published." if current is None else f"{current} is published, as before."
    night.entry.publication_id = current
    return f"{current} had been published by then."


def reason_of(failure: click.ClickException) -> str:
    """What the ledger says of `failure`: it is published, and quotes nothing."""
    return failure.kept if isinstance(failure, Unexpected) else failure.message


def published_id(project: Project) -> str | None:
    """The id of the publication that is shown; None before the first."""
    return project.published.readlink().name if project.published.is_symlink() else None


def close(night: Night, failure: click.ClickException | None) -> None:
    """Write into the ledger how the run ended; a ledger that cannot be written is a failure too."""
    entry = night.entry
    entry.finished_at = now()
    entry.exit_code = failure.exit_code if failure else 0
    entry.reason = reason_of(failure) if failure else None
    if isinstance(failure, WrongClock):
        entry.as_of = None  # later nights are not to be measured by it
    if failure:
        entry.status = "refused" if isinstance(failure, ChecksFailed) else "failed"
    else:
        entry.status = "published" if entry.publication_id else "finished"
    try:
        night.ledger.write(entry)
    except Exception:
        LOG.exception("the ledger could not be written")
        with contextlib.suppress(OSError):
            night.ledger.note(entry)
        if failure is None:
            raise
    LOG.info("ended: %s, exit code %s", entry.status, entry.exit_code)
