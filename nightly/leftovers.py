"""What earlier nights left in the state folder of people who were deleted for privacy since.

The log loses their ids, and whatever a traceback or a library may have quoted of anybody. dbt's own log, and
a damaged working file that was set aside, nobody can search: they go whole.
"""

import json
import logging
import re
import shutil
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nightly import logs
from nightly.notices.messages import QUOTING
from nightly.repair import aside_of, forgotten_then
from project import Project
from publish.forgetting import due, erased, scrubbed
from warehouse import Warehouse

ASIDE_AT_MOST = timedelta(days=30)
_FRAME = re.compile(r'^ +File "|^Traceback |^During handling |^The above exception ')
_RAISED = re.compile(r"^[A-Za-z_][\w.]*(?=: |:?$)")
_WORD = re.compile(r"\w+")


def clear(project: Project, warehouse: Warehouse) -> None:
    """Take out of the state folder whom the publisher is about to take out of publications.

    To be called before it does: what is cut off between is done again by the next run.
    """
    if ids := frozenset(due(project, warehouse)):
        _rewrite_logs(project, ids)
        shutil.rmtree(project.state_dir / "dbt" / "logs", ignore_errors=True)
    _clear_aside(project, warehouse)


def _rewrite_logs(project: Project, ids: frozenset[str]) -> None:
    """All log files, each by one rename; what is no whole line goes."""
    ours = [one for one in logging.getLogger().handlers if isinstance(one, logs.PrivateFileHandler)]
    with ExitStack() as held:
        for one in ours:
            held.enter_context(one.resting())
        for file in sorted(logs.file_of(project).parent.glob(f"{logs.file_of(project).name}*")):
            _rewrite(file, ids)


def _rewrite(file: Path, ids: frozenset[str]) -> None:
    draft = file.with_name(f".{file.name}.new")
    with file.open(encoding="utf-8", errors="replace") as lines, draft.open("w", encoding="utf-8") as out:
        draft.chmod(0o600)
        for line in lines:
            with suppress(ValueError):
                left = _without(json.loads(line), ids)
                if left is not None:
                    out.write(json.dumps(left, ensure_ascii=False) + "\n")
    draft.replace(file)


def _clear_aside(project: Project, warehouse: Warehouse) -> None:
    """A damaged file goes with the first person who was erased after it was set aside, and after a month."""
    aside = aside_of(project)
    if not aside.is_dir():
        return
    set_aside = datetime.fromtimestamp(aside.stat().st_mtime, UTC)
    if forgotten_then(project) != erased(warehouse) or datetime.now(UTC) - set_aside > ASIDE_AT_MOST:
        shutil.rmtree(aside)


def _without(line: dict[str, Any], ids: frozenset[str]) -> dict[str, Any] | None:
    """A line of the log as it may stay; None: it is a library's, and may say anything."""
    if str(line.get("logger")).partition(".")[0] not in logs.ROOMS:
        return None
    message = QUOTING.sub(r"\1.", str(line.get("message")))
    if not ids.isdisjoint(_WORD.findall(message)):
        message = scrubbed(message, ids)
    left = line | {"message": message}
    if "traceback" in line:
        left["traceback"] = _frames(str(line["traceback"]))
    return left


def _frames(traceback: str) -> str:
    """Where it happened and of what kind it was, without what it said."""
    kept, after_frame = [], False
    for line in traceback.splitlines():
        raised = _RAISED.match(line)
        if _FRAME.match(line) or after_frame:
            kept.append(line)
        elif raised:
            kept.append(raised.group())
        after_frame = line.startswith('  File "')
    return "\n".join(kept)
