"""Paging cursors: opaque to clients, the last id seen to us."""

import base64
import binascii

from sandbox.api.answers import Refused


def to_cursor(id: int) -> str:
    """The cursor of the page that begins after `id`."""
    return base64.urlsafe_b64encode(str(id).encode()).decode()


def from_cursor(text: str) -> int:
    """The id that a page begins after; 0 for the first page.

    Raises:
        Refused: 400, it is no cursor of ours.
    """
    if text == "":
        return 0
    try:
        return int(base64.urlsafe_b64decode(text.encode()))
    except (binascii.Error, ValueError):
        raise Refused(400, f"The paging cursor '{text}' is not valid") from None
