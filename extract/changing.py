"""One object's parcels on later nights: what changed, what is newly defined, what left and what came back."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from extract.declaration import Declaration
from extract.definitions import Shape
from extract.instants import milliseconds
from extract.listing import gathered, listed
from extract.packing import (
    RECORDS_A_PARCEL,
    former,
    parcel_of_pages,
    read_by_id,
    read_pages,
    signature,
)
from extract.parcels import Cursor, Parcel
from extract.reading import list_pages
from extract.searching import changed, having
from extract.source import Source


def changes(source: Source, shape: Shape, cursor: Cursor, stored: dict[str, datetime]) -> Iterator[Parcel]:
    """Records that changed since `cursor`, but for those that `stored` knows as they are."""
    limits = source.declared.limits
    known = {one: milliseconds(instant) for one, instant in stored.items()}
    since = overlap_start(source.declared, cursor)
    hits = (hit for hit in changed(source.client, shape.object, limits, since) if known.get(hit[0]) != hit[1])
    for batch in _batches(hits, RECORDS_A_PARCEL):
        ids = list(dict.fromkeys(one for one, _ in batch))
        pages = read_pages(source, shape, ids, archived=False)
        moved = max(instant for _, instant in batch)
        place = {"listing": False, "since": max(moved, cursor["since"] or 0)} | former(cursor)
        yield parcel_of_pages(source, shape, pages, place)


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
        for pages in gathered(source, shape, listed(source, shape, None, archived=True)):
            yield parcel_of_pages(source, shape, pages, None)
    if names or cursor.get("kinds") != shape.kinds:
        place = {"listing": False, "since": cursor["since"]} | former(cursor) | signature(shape)
        yield Parcel({}, {shape.object.name: place})


def archived_and_restored(
    source: Source, shape: Shape, stored: dict[str, datetime], vanished: set[str]
) -> Iterator[Parcel]:
    """Records that went to the archive or came back; `stored` is what we know to be there.

    Those that are neither in the archive nor live go to `vanished`.

    All that the archive holds is listed on every night, by ids alone: a page for each 100 records deleted in
    the last 90 days. Less would lose some for weeks. The list takes no filter and no order but that of ids,
    among which a new deletion may be anywhere; its cursors are opaque; search knows no archived records;
    nothing counts them. Counts of the live ones do not tell of one where another came in the same range.
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
    for found in read_by_id(source, shape, back, archived=False):
        vanished.difference_update(found.ids(shape.object.name))
        yield found


def overlap_start(declared: Declaration, cursor: Cursor) -> int:
    """Milliseconds from which changes are searched: the index may have shown some of them late."""
    if cursor["since"] is None:
        return 0
    lag = timedelta(minutes=declared.limits.index_lag_minutes)
    return max(0, int(cursor["since"]) - int(lag.total_seconds()) * 1000)


def _batches(hits: Iterator[tuple[str, int]], size: int) -> Iterator[list[tuple[str, int]]]:
    batch: list[tuple[str, int]] = []
    for hit in hits:
        batch.append(hit)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
