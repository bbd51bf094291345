"""What all commands share: the project folder, how loud to be, and how an unexpected failure ends."""

import contextlib
import logging
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from errors import Stopped
from project import Project

if TYPE_CHECKING:
    from progress import Progress


@dataclass(frozen=True)
class Shared:
    """The options before the command. `verbosity`: -1 only what went wrong, 0 steps, 1 libraries too."""

    project: Project
    verbosity: int

    @classmethod
    def of(cls, root: Path, target: str | None, verbosity: int) -> "Shared":
        """The shared options as they were given."""
        return cls(Project(root.resolve(), target), verbosity)

    def progress(self) -> "Progress":
        """What shows progress on this stderr."""
        from nightly.console import console

        return console(self.verbosity)

    def tell(self, text: str) -> None:
        """A result on stdout, that `-q` leaves out."""
        if self.verbosity >= 0:
            click.echo(text)


class Front(click.Group):
    """Keeps the commands in the order they were added, and never ends in a bare traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, the one to begin with first."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what nobody expected becomes one sentence, with the traceback in the log."""
        try:
            return super().invoke(ctx)
        except Stopped as stopped:
            _leave_behind(stopped)
            raise
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            raise _explained(error, ctx.obj) from error


def _leave_behind(stopped: Stopped) -> None:
    """Who was told to stop does not wait for threads that wait for somebody else."""
    waiting = [one for one in threading.enumerate() if one is not threading.main_thread() and not one.daemon]
    if waiting:
        from nightly.ending import leave

        stopped.show()
        leave(stopped.exit_code)


def example(*lines: str) -> str:
    """An epilog with commands that run as they stand."""
    return "\n".join(["\b", "Example:" if len(lines) == 1 else "Examples:", *(f"  {line}" for line in lines)])


def _explained(error: Exception, shared: Shared) -> click.ClickException:
    from nightly.troubles import known_trouble

    if trouble := known_trouble(error, shared.project.root):
        return trouble
    said = str(error).strip().partition("\n")[0].rstrip(".") or "without a message"
    where = "There is no folder for a log yet."
    with contextlib.suppress(OSError, click.ClickException):
        where = f"The traceback is in {_log(error, shared)}."
    return click.ClickException(f"An unexpected failure, {type(error).__name__}: {said}. {where}")


def _log(error: Exception, shared: Shared) -> Path:
    """Write the traceback, and make no folder for it that is not there."""
    from nightly import logs
    from nightly.secrets import mask_of
    from settings import load

    if not shared.project.state_dir.is_dir():
        raise FileNotFoundError(shared.project.state_dir)
    with logs.written(shared.project, None, mask_of(load(shared.project))):
        logging.getLogger(__name__).critical("unexpected failure", exc_info=error)
    return logs.file_of(shared.project)
