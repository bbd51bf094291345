"""A page of a list as it came: its bytes, and where the next one begins; its records are read when needed."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson

from errors import CrmUnreadable
from extract.faults import PassingError
from extract.shaped import parsed

Record = dict[str, Any]
_PAGING = b'"paging"'


@dataclass(frozen=True)
class Page:
    """`after` is the cursor of the next page, None on the last; `content` is empty if records were joined."""

    path: str
    after: str | None
    content: bytes = b""
    joined: tuple[Record, ...] | None = None

    @property
    def ids(self) -> list[str]:
        """The records' ids, without keeping the records.

        Raises:
            CrmUnreadable: as for `records`.
        """
        return [str(record["id"]) for record in self._read()]

    @cached_property
    def records(self) -> list[Record]:
        """The records, one by one.

        Raises:
            CrmUnreadable: some of the page is no JSON, or not of the shape that HubSpot documents.
        """
        return self._read()

    def _read(self) -> list[Record]:
        if self.joined is not None:
            return list(self.joined)
        try:
            found: list[Record] = parsed(self.path, self.content)["results"]
        except PassingError as fault:
            raise CrmUnreadable(f"HubSpot's answer to {self.path} is damaged: {fault}. Run again.") from None
        return found


def page_of(path: str, content: bytes) -> Page:
    """The page, read no further than to where the next one begins.

    Whatever follows the last `"paging"` must, as an object of its own, be whole: then it was the answer's own
    last entry, since nothing within the results, nor a text, ends where the answer does. Everything else, the
    last page too, is read whole at once.

    Raises:
        PassingError: it is no JSON, or not all of it.
        CrmUnreadable: it is of another shape than HubSpot documents.
    """
    after = _after_at_the_end(content)
    if after is not None and _is_utf8(content):
        return Page(path, after, content)
    whole = parsed(path, content)
    following = ((whole.get("paging") or {}).get("next") or {}).get("after")
    return Page(path, None if following is None else str(following), content)


def batch_of(path: str, content: bytes) -> Page:
    """The answer to a batch, which is whole, as a page that nothing follows.

    Raises:
        PassingError, CrmUnreadable: as for a page.
    """
    parsed(path, content)
    return Page(path, None, content)


def _after_at_the_end(content: bytes) -> str | None:
    start = content.rfind(_PAGING)
    if start < 0 or not content.startswith(b"{"):
        return None
    try:
        after = orjson.loads(b"{" + content[start:])["paging"]["next"]["after"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return None
    return after if isinstance(after, str) and after else None


def _is_utf8(content: bytes) -> bool:
    if content.isascii():
        return True
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
