"""The log: JSON lines in `.smarketing/logs/`, one run id throughout, no secret in any."""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from nightly.secrets import Mask
from progress import Progress
from project import Project

OURS = "smarketing"
ROOMS = (
    OURS,
    "commands",
    "nightly",
    "extract",
    "transform",
    "expectations",
    "publish",
    "sandbox",
    "warehouse",
)
MEGABYTES_A_FILE = 5
OLD_FILES_KEPT = 9


def file_of(project: Project) -> Path:
    """The log that is being written now; older ones lie beside it, numbered."""
    return project.state_dir / "logs" / "smarketing.jsonl"


@contextmanager
def written(project: Project, run_id: str | None, mask: Mask) -> Iterator[None]:
    """Send every log record of the block, of all libraries, to the project's log."""
    file = file_of(project)
    file.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
    handler = PrivateFileHandler(
        file, maxBytes=MEGABYTES_A_FILE * 1_000_000, backupCount=OLD_FILES_KEPT, encoding="utf-8"
    )
    handler.setFormatter(JsonLines(run_id, mask))
    handler.addFilter(_matters)
    root = logging.getLogger()
    level_before = root.level
    root.addHandler(handler)
    people = [one for one in root.handlers if isinstance(one, ForPeople)]
    for one in people:
        one.mask = mask
    root.setLevel(logging.INFO)
    logging.captureWarnings(True)
    complaining, logging.raiseExceptions = logging.raiseExceptions, False  # of a full disk we tell ourselves
    try:
        yield
    finally:
        logging.raiseExceptions = complaining
        logging.captureWarnings(False)
        root.setLevel(level_before)
        root.removeHandler(handler)
        handler.close()


def _matters(record: logging.LogRecord) -> bool:
    """Our own steps, and of libraries what is at least a warning."""
    return record.levelno >= logging.WARNING or record.name.partition(".")[0] in ROOMS


class PrivateFileHandler(RotatingFileHandler):
    """A rotating log that only its owner may read: tracebacks can quote what a CRM sent."""

    def _open(self) -> TextIOWrapper:
        stream = super()._open()
        Path(self.baseFilename).chmod(0o600)
        return stream

    @contextmanager
    def resting(self) -> Iterator[None]:
        """The file is let go for the block; lines that come meanwhile wait for its end."""
        self.acquire()
        try:
            self.flush()
            self.stream.close()
            opened_anew: Any = self  # by the next line, as the library does when it rolls over
            opened_anew.stream = None
            yield
        finally:
            self.release()

    def close(self) -> None:
        """Let go of the file; its last lines may find no room, which is no news by then."""
        with suppress(OSError):
            super().close()


class ForPeople(logging.Handler):
    """Shows records to a person; while a run is under way no secret of it."""

    mask: Mask = staticmethod(str)


class JsonLines(logging.Formatter):
    """One JSON object a record; the traceback is in it, and secrets are not."""

    def __init__(self, run_id: str | None, mask: Mask) -> None:
        super().__init__()
        self.run_id = run_id
        self.mask = mask

    def format(self, record: logging.LogRecord) -> str:
        """`record` as a line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "run_id": self.run_id,
            "logger": record.name,
            "message": self.mask(record.getMessage()),
        }
        if record.exc_info:
            line["traceback"] = self.mask(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


class Recorded:
    """A Progress that also writes what it says to the log, and says no secret."""

    def __init__(self, watched: Progress, mask: Mask) -> None:
        self._watched = watched
        self._mask = mask

    def say(self, message: str) -> None:
        """One finished step: to the person and to the log."""
        message = self._mask(message)
        logging.getLogger(OURS).info(message)
        self._watched.say(message)

    def track(self, what: str, total: int | None = None) -> AbstractContextManager[Callable[[int], None]]:
        """Count work, for the person only."""
        return self._watched.track(self._mask(what), total)
