"""One object's parcels on a first night: all there is, from where the last run got to."""

from collections.abc import Iterator

from extract.conveyor import side_by_side
from extract.definitions import Shape
from extract.listing import gathered, listed
from extract.meeting import Block, Meeting, from_above, from_below, is_long
from extract.packing import former, pages_a_parcel, parcel_of_pages, read_by_id
from extract.pages import Page
from extract.parcels import Cursor, Parcel
from extract.searching import extent, ids_from
from extract.source import Source


def everything(source: Source, shape: Shape, cursor: Cursor) -> Iterator[Parcel]:
    """All live and all archived records, from where `cursor` says that the last run got to."""
    records, modified = extent(source.client, shape.object)
    since = {"since": cursor.get("since", modified)} | former(cursor)
    if not cursor.get("archived", False):
        yield from _live(source, shape, cursor | since, records)
        cursor = {}
    for pages in gathered(source, shape, listed(source, shape, cursor.get("after"), archived=True)):
        after = pages[-1].after
        place = {"listing": True, "archived": True, "after": after} if after else {"listing": False}
        yield parcel_of_pages(source, shape, pages, place | since)


def _live(source: Source, shape: Shape, cursor: Cursor, expected: int) -> Iterator[Parcel]:
    """The list from below, and what is read from above meanwhile; the cursor holds how far each has come."""
    since = {"since": cursor["since"]} | former(cursor)
    meeting = Meeting(cursor.get("above"), cursor.get("top", 0))
    both = is_long(expected) and source.client.is_limited
    after = cursor.get("after")
    waiting: list[Page] = []
    pages = from_below(listed(source, shape, after, archived=False, expected=expected), meeting)
    readers: list[Iterator[Page | Block]] = [pages]
    for found in side_by_side(*readers, *([from_above(source, shape, meeting)] if both else [])):
        if isinstance(found, Block):
            meeting.note_block(found)
            place = _place(after, meeting)
            yield parcel_of_pages(source, shape, found.pages, place | since, found.links)
            continue
        waiting.append(found)
        met = (both or meeting.above is not None) and meeting.note(found.ids)
        done = met or found.after is None
        if done or len(waiting) >= pages_a_parcel(source, shape):
            after = found.after
            place = {"listing": True, "archived": True} if done else _place(after, meeting)
            yield parcel_of_pages(source, shape, waiting, place | since)
            waiting = []
        if done:
            break
    if meeting.top:
        newcomers = ids_from(source.client, shape.object, source.declared.limits, meeting.top + 1)
        yield from read_by_id(source, shape, list(newcomers), archived=False)


def _place(after: str | None, meeting: Meeting) -> Cursor:
    place: Cursor = {"listing": True, "archived": False, "after": after}
    return place if meeting.above is None else place | {"above": meeting.above, "top": meeting.top}
