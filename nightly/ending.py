"""How a run ends: what a person is told, and what the ledger keeps."""

import logging

import click

from errors import ChecksFailed
from nightly import logs, signals
from nightly.clock import now
from nightly.secrets import Mask
from nightly.stages import Night
from project import Project

LOG = logging.getLogger(__name__)


def explained(
    error: BaseException, night: Night, caught: signals.Signals, mask: Mask
) -> click.ClickException:
    """What to tell a person. The traceback, where one helps, goes to the log."""
    if stopped_by := caught.received():
        LOG.info("stopped by %s", stopped_by, exc_info=error)
        return click.ClickException(
            f"Stopped by {stopped_by}. {_what_stands(night)} The next run goes on from here."
        )
    if isinstance(error, click.ClickException):
        LOG.error("%s", mask(error.message))
        return error if mask(error.message) == error.message else type(error)(mask(error.message))
    LOG.critical("unexpected failure", exc_info=error)
    said = mask(str(error)).strip().partition("\n")[0] or "without a message"
    return click.ClickException(
        f"An unexpected failure, {type(error).__name__}: {said.rstrip('.')}. "
        f"{_what_stands(night)} The traceback is in {logs.file_of(night.project)}."
    )


def _what_stands(night: Night) -> str:
    """Whether the failing run had moved the link already: never claim what is not so."""
    current = published_id(night.project)
    if current == night.published_before:
        return "Nothing was published." if current is None else f"{current} is published, as before."
    night.entry.publication_id = current
    return f"{current} had been published by then."


def published_id(project: Project) -> str | None:
    """The id of the publication that is shown; None before the first."""
    return project.published.readlink().name if project.published.is_symlink() else None


def close(night: Night, failure: click.ClickException | None) -> None:
    """Write into the ledger how the run ended; a ledger that cannot be written is a failure too."""
    entry = night.entry
    entry.finished_at = now()
    entry.exit_code = failure.exit_code if failure else 0
    entry.reason = failure.message if failure else None
    if failure:
        entry.status = "refused" if isinstance(failure, ChecksFailed) else "failed"
    else:
        entry.status = "published" if entry.publication_id else "finished"
    try:
        night.ledger.write(entry)
    except Exception:
        LOG.exception("the ledger could not be written")
        if failure is None:
            raise
    LOG.info("ended: %s, exit code %s", entry.status, entry.exit_code)
