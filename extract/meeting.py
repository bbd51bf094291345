"""A second reader for a long list: records by id, from the highest downwards, until it meets the list.

A list gives one page after the other, each only once the one before it has arrived: over a long way that is
slower than the CRM's limit allows. Whatever the limit leaves goes to batches of records whose ids a search
names from above. The list stays what completeness rests on: it ends early only where its own ids have been
rising all along and have come to one from which on everything is read.
"""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING

import pyarrow as pa

from extract.associations import ASSOCIATIONS, link_table, read_links
from extract.conveyor import side_by_side
from extract.definitions import Shape
from extract.pages import Page
from extract.reading import read_batches
from extract.searching import highest
from extract.turns import LEISURE

if TYPE_CHECKING:
    from extract.source import Source

BLOCK = 1000  # records; as many as one request for associations may name
WORTH = 200  # records: fewer are left to the list
READERS = 8
_GLANCE = 0.05


@dataclass
class Meeting:
    """How far both have come, as ids. `above`: that one and all higher ones are read, up to `top`."""

    above: int | None = None
    top: int = 0
    listed: int = -1
    rising: bool = True
    begun: Event = field(default_factory=Event)
    over: Event = field(default_factory=Event)

    def note(self, ids: list[str]) -> bool:
        """Take note of a page of the list; whether everything after it is read already."""
        for one in map(int, ids):
            self.rising = self.rising and one > self.listed
            self.listed = one
        self.begun.set()
        return self.rising and self.above is not None and self.listed >= self.above

    def note_block(self, block: "Block") -> None:
        """Take note of a block."""
        self.above = block.lowest
        self.top = max(self.top, block.highest)

    def end(self) -> None:
        """The list has been read to its end, or is given up."""
        self.over.set()
        self.begun.set()


@dataclass(frozen=True)
class Block:
    """Records without gaps from `lowest` to `highest`, right below the block before, and all their links."""

    pages: list[Page]
    links: pa.Table
    lowest: int
    highest: int


def is_long(records: int) -> bool:
    """Whether a list of so many records is worth a second reader."""
    return records > 2 * BLOCK


def from_below(pages: Iterator[Page], meeting: Meeting) -> Iterator[Page]:
    """The list's pages; whatever ends them, the other reader hears of it."""
    try:
        yield from pages
    finally:
        meeting.end()


def from_above(source: "Source", shape: Shape, meeting: Meeting) -> Iterator[Block]:
    """Blocks of records from `meeting.above` downwards, read with what the CRM's limit leaves."""
    with ThreadPoolExecutor(READERS + 1) as pool:
        for ids in side_by_side(_falling_ids(source, shape, meeting), ahead=1):
            links = pool.submit(_links, source, shape, ids)
            pages = _read(source, shape, pool, ids, meeting)
            if meeting.over.is_set():
                return
            yield Block(pages, links.result(), int(ids[-1]), int(ids[0]))


def _falling_ids(source: "Source", shape: Shape, meeting: Meeting) -> Iterator[list[str]]:
    below = meeting.above
    meeting.begun.wait()
    while _has_room(source, meeting):
        ids = _next_ids(source, shape, meeting.listed + 1, below)
        if not ids:
            return
        below = int(ids[-1])
        yield ids


def _read(
    source: "Source", shape: Shape, pool: ThreadPoolExecutor, ids: list[str], meeting: Meeting
) -> list[Page]:
    """The records with these ids; not all of them once the list is over."""
    pages: list[Page] = []
    for batch in read_batches(source.client, pool, shape, source.declared.limits, ids, urgency=LEISURE):
        pages.append(batch)
        if meeting.over.is_set():
            break
    return pages


def _has_room(source: "Source", meeting: Meeting) -> bool:
    """Wait until nobody else waits for the limit; False if that never comes while the list is read."""
    while source.client.is_limited and not meeting.over.is_set():
        if source.client.has_room:
            return True
        time.sleep(_GLANCE)
    return False


def _next_ids(source: "Source", shape: Shape, low: int, below: int | None) -> list[str]:
    """Most of the ids that are left, at most a block, from the highest; none where the list is near.

    Until they are read, the list has come nearer by about a block.
    """
    ids: list[str] = []
    wanted = BLOCK
    while len(ids) < wanted:
        found, left = highest(source.client, shape.object, source.declared.limits, low, below)
        if not ids:
            between = left - BLOCK
            wanted = min(BLOCK, between * 3 // 5) if between >= WORTH else 0
        ids += found
        if not found:
            break
        below = int(found[-1])
    return ids[:wanted]


def _links(source: "Source", shape: Shape, ids: list[str]) -> pa.Table:
    one = shape.object
    found = (
        link_table(one, association, read_links(source.client, one, association, ids))
        for association in one.associations
    )
    return pa.concat_tables([ASSOCIATIONS.empty_table(), *found])
