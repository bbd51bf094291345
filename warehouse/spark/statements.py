"""Which of the warehouse's own tables a statement writes to."""

import re

_NAME = r'(?:\w+|"[^"]+")'
_WRITES = re.compile(
    r"^\s*(?:insert\s+into|update|delete\s+from|drop\s+table(?:\s+if\s+exists)?|alter\s+table"
    r"|create\s+(?:or\s+replace\s+)?table(?:\s+if\s+not\s+exists)?|comment\s+on\s+table)"
    rf"\s+(?P<schema>{_NAME})\.(?P<table>{_NAME})(?!\.|\w)",
    re.IGNORECASE,
)
_DESCRIBES = re.compile(
    rf"^\s*comment\s+on\s+column\s+(?P<schema>{_NAME})\.(?P<table>{_NAME})\.{_NAME}\s+is\b", re.IGNORECASE
)
_CREATES = re.compile(r"^\s*create\s+table\s", re.IGNORECASE)


def written_by(statement: str) -> tuple[str, str] | None:
    """Schema and name of the table; None for a question, and for what is only this session's."""
    found = _WRITES.match(statement) or _DESCRIBES.match(statement)
    if not found or found["schema"].strip('"').lower() == "temp":
        return None
    return found["schema"].strip('"'), found["table"].strip('"')


def creates(statement: str) -> bool:
    """Whether what it writes to is not there before."""
    return bool(_CREATES.match(statement))
