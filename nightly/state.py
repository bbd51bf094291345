"""Small files of state in `.smarketing/`: whole or not there, and nobody's but ours."""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any


def write_json(file: Path, content: Any) -> None:
    """Put `content` in the place of `file` by one rename; instants become ISO 8601. Readable by us alone."""
    draft = file.with_name(f"{file.name}.{os.getpid()}.new")
    private = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(private, "w", encoding="utf-8") as out:
            json.dump(content, out, ensure_ascii=False, indent=1, default=_iso)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(file)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _iso(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    raise TypeError(f"{type(value).__name__} has no place in a state file.")
