"""One object's stream of parcels: all of it on the first night, what changed on the later ones."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

import pyarrow as pa

from extract.associations import ASSOCIATIONS, links_beyond_lists, with_more_links
from extract.client import Client
from extract.columnar import columns_of
from extract.conveyor import side_by_side
from extract.declaration import Declaration
from extract.definitions import Shape
from extract.drift import FORMER
from extract.instants import milliseconds
from extract.loading import Cursor, Parcel, last_of_each
from extract.meeting import Block, Meeting, from_above, from_below, is_long
from extract.pages import Page, Record
from extract.reading import fits_an_address, list_pages, page_size, read_batches
from extract.records import Tables, tables_of
from extract.searching import changed, extent, having, ids_from

RECORDS_A_PARCEL = 2000


@dataclass(frozen=True)
class Source:
    """What every stream reads with."""

    client: Client
    declared: Declaration
    pool: ThreadPoolExecutor


def everything(source: Source, shape: Shape, cursor: Cursor) -> Iterator[Parcel]:
    """All live and all archived records, from where `cursor` says that the last run got to."""
    records, modified = extent(source.client, shape.object)
    since = {"since": cursor.get("since", modified)} | _former(cursor)
    if not cursor.get("archived", False):
        yield from _live(source, shape, cursor | since, records)
        cursor = {}
    for pages in _gathered(source, shape, _listed(source, shape, cursor.get("after"), archived=True)):
        after = pages[-1].after
        place = {"listing": True, "archived": True, "after": after} if after else {"listing": False}
        yield _parcel_of_pages(source, shape, pages, place | since)


def _live(source: Source, shape: Shape, cursor: Cursor, expected: int) -> Iterator[Parcel]:
    """The list from below, and what is read from above meanwhile; the cursor holds how far each has come."""
    since = {"since": cursor["since"]} | _former(cursor)
    meeting = Meeting(cursor.get("above"), cursor.get("top", 0))
    both = is_long(expected) and source.client.is_limited
    after = cursor.get("after")
    gathered: list[Page] = []
    pages = from_below(_listed(source, shape, after, archived=False, expected=expected), meeting)
    readers: list[Iterator[Page | Block]] = [pages]
    for found in side_by_side(*readers, *([from_above(source, shape, meeting)] if both else [])):
        if isinstance(found, Block):
            meeting.note_block(found)
            yield _parcel(source, shape, found.records, _place(after, meeting) | since, found.links)
            continue
        gathered.append(found)
        met = (both or meeting.above is not None) and meeting.note(found.records)
        done = met or found.after is None
        if done or len(gathered) >= _pages_a_parcel(source, shape):
            after = found.after
            place = {"listing": True, "archived": True} if done else _place(after, meeting)
            yield _parcel_of_pages(source, shape, gathered, place | since)
            gathered = []
        if done:
            break
    if meeting.top:
        newcomers = ids_from(source.client, shape.object, source.declared.limits, meeting.top + 1)
        yield from read_by_id(source, shape, list(newcomers), archived=False)


def _place(after: str | None, meeting: Meeting) -> Cursor:
    place: Cursor = {"listing": True, "archived": False, "after": after}
    return place if meeting.above is None else place | {"above": meeting.above, "top": meeting.top}


def changes(source: Source, shape: Shape, cursor: Cursor, stored: dict[str, datetime]) -> Iterator[Parcel]:
    """Records that changed since `cursor`, but for those that `stored` knows as they are."""
    limits = source.declared.limits
    known = {one: milliseconds(instant) for one, instant in stored.items()}
    since = overlap_start(source.declared, cursor)
    hits = (hit for hit in changed(source.client, shape.object, limits, since) if known.get(hit[0]) != hit[1])
    for batch in _batches(hits, RECORDS_A_PARCEL):
        ids = list(dict.fromkeys(one for one, _ in batch))
        records = _read(source, shape, ids, archived=False)
        moved = max(instant for _, instant in batch)
        place = {"listing": False, "since": max(moved, cursor["since"] or 0)} | _former(cursor)
        yield _parcel(source, shape, records, place)


def newly_defined(source: Source, shape: Shape, cursor: Cursor) -> Iterator[Parcel]:
    """Records that have a value in a property which is new in the definitions, whenever they changed.

    One that was cleared (`""`) before any night saw the property is in no search: its record's next change
    brings it.
    """
    names: list[str] = cursor.get("new", [])
    for name in names:
        ids = having(source.client, shape.object, source.declared.limits, name)
        yield from read_by_id(source, shape, list(ids), archived=False)
    if names:
        for pages in _gathered(source, shape, _listed(source, shape, None, archived=True)):
            yield _parcel_of_pages(source, shape, pages, None)
    if names or cursor.get("kinds") != shape.kinds:
        place = {"listing": False, "since": cursor["since"]} | _former(cursor) | _signature(shape)
        yield Parcel({}, {shape.object.name: place})


def archived_and_restored(
    source: Source, shape: Shape, stored: dict[str, datetime], vanished: set[str]
) -> Iterator[Parcel]:
    """Records that went to the archive or came back; `stored` is what we know to be there.

    Those that are neither in the archive nor live go to `vanished`.
    """
    limits = source.declared.limits
    gone: list[str] = []
    there: set[str] = set()
    for page in list_pages(source.client, shape, limits, archived=True, whole=False):
        for record in page.records:
            one = str(record["id"])
            there.add(one)
            instant = stored.get(one)
            if instant is None or milliseconds(instant) != milliseconds(record["archivedAt"]):
                gone.append(one)
    back = [one for one in sorted(stored) if one not in there]
    yield from read_by_id(source, shape, gone, archived=True)
    vanished.update(back)
    for parcel in read_by_id(source, shape, back, archived=False):
        vanished.difference_update(parcel.ids(shape.object.name))
        yield parcel


def read_by_id(source: Source, shape: Shape, ids: list[str], *, archived: bool) -> Iterator[Parcel]:
    """These records, as far as they are there."""
    for start in range(0, len(ids), RECORDS_A_PARCEL):
        records = _read(source, shape, ids[start : start + RECORDS_A_PARCEL], archived=archived)
        if records:
            yield _parcel(source, shape, records, None)


def overlap_start(declared: Declaration, cursor: Cursor) -> int:
    """Milliseconds from which changes are searched: the index may have shown some of them late."""
    if cursor["since"] is None:
        return 0
    lag = timedelta(minutes=declared.limits.index_lag_minutes)
    return max(0, int(cursor["since"]) - int(lag.total_seconds()) * 1000)


def _listed(
    source: Source, shape: Shape, after: str | None, *, archived: bool, expected: int = 0
) -> Iterator[Page]:
    whole = fits_an_address(shape, source.declared.limits)
    for page in list_pages(
        source.client,
        shape,
        source.declared.limits,
        after=after,
        archived=archived,
        expected=expected,
        whole=whole,
    ):
        if whole:
            yield page
            continue
        links = {str(record["id"]): record.get("associations") for record in page.records}
        records = _read(source, shape, list(links), archived=archived)
        joined = tuple(record | {"associations": links.get(str(record["id"]))} for record in records)
        yield Page(page.path, page.after, joined=joined)


def _read(source: Source, shape: Shape, ids: list[str], *, archived: bool) -> list[Record]:
    limits = source.declared.limits
    batches = read_batches(source.client, source.pool, shape, limits, ids, archived=archived)
    return [record for batch in batches for record in batch]


def _pages_a_parcel(source: Source, shape: Shape) -> int:
    return ceil(RECORDS_A_PARCEL / page_size(shape, source.declared.limits))


def _gathered(source: Source, shape: Shape, pages: Iterator[Page]) -> Iterator[list[Page]]:
    some: list[Page] = []
    for page in pages:
        some.append(page)
        if page.after is None or len(some) >= _pages_a_parcel(source, shape):
            yield some
            some = []


def _batches(hits: Iterator[tuple[str, int]], size: int) -> Iterator[list[tuple[str, int]]]:
    batch: list[tuple[str, int]] = []
    for hit in hits:
        batch.append(hit)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _parcel_of_pages(source: Source, shape: Shape, pages: list[Page], cursor: Cursor | None) -> Parcel:
    """The rows of a list's pages."""
    found = columns_of(pages, shape, source.declared.merged_ids)
    if found is None:
        return _parcel(source, shape, [record for page in pages for record in page.records], cursor)
    more = links_beyond_lists(source.client, shape.object, found.more_links)
    return _packed(shape, found.tables, more, cursor)


def _parcel(
    source: Source,
    shape: Shape,
    records: list[Record],
    cursor: Cursor | None,
    links: pa.Table | None = None,
) -> Parcel:
    """The records' rows; `links` are those that did not come with the records."""
    tables = tables_of(records, shape, source.declared.merged_ids)
    if links is None:
        links = links_beyond_lists(source.client, shape.object, with_more_links(records, shape.object))
    return _packed(shape, tables, links, cursor)


def _packed(shape: Shape, tables: Tables, links: pa.Table, cursor: Cursor | None) -> Parcel:
    """A parcel; `links` count more than those that came along."""
    if links.num_rows:
        came = tables.get("associations", ASSOCIATIONS.empty_table())
        tables = tables | {"associations": last_of_each(pa.concat_tables([came, links]), "associations")}
    return Parcel(tables, {shape.object.name: cursor | _signature(shape)} if cursor else {})


def _former(cursor: Cursor) -> Cursor:
    return {FORMER: cursor.get(FORMER, [])}


def _signature(shape: Shape) -> Cursor:
    return {"history": list(shape.history), "kinds": shape.kinds}
