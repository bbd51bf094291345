"""Records that were read become parcels: of a list's pages, or read by their ids."""

from collections.abc import Iterator
from math import ceil

import pyarrow as pa

from extract.associations import ASSOCIATIONS, links_beyond_lists, with_more_links
from extract.columnar import columns_of
from extract.definitions import Shape
from extract.drift import FORMER
from extract.pages import Page, Record
from extract.parcels import Cursor, Parcel, last_of_each
from extract.reading import page_size, read_batches
from extract.records import Tables, tables_of
from extract.source import Source

RECORDS_A_PARCEL = 2000


def read_by_id(source: Source, shape: Shape, ids: list[str], *, archived: bool) -> Iterator[Parcel]:
    """These records, as far as they are there."""
    for start in range(0, len(ids), RECORDS_A_PARCEL):
        records = read_records(source, shape, ids[start : start + RECORDS_A_PARCEL], archived=archived)
        if records:
            yield parcel(source, shape, records, None)


def read_records(source: Source, shape: Shape, ids: list[str], *, archived: bool) -> list[Record]:
    """The same, as the CRM gives them."""
    limits = source.declared.limits
    batches = read_batches(source.client, source.pool, shape, limits, ids, archived=archived)
    return [record for batch in batches for record in batch]


def pages_a_parcel(source: Source, shape: Shape) -> int:
    """How many pages of a list make one parcel."""
    return ceil(RECORDS_A_PARCEL / page_size(shape, source.declared.limits))


def parcel_of_pages(source: Source, shape: Shape, pages: list[Page], cursor: Cursor | None) -> Parcel:
    """The rows of a list's pages."""
    found = columns_of(pages, shape, source.declared.merged_ids)
    if found is None:
        return parcel(source, shape, [record for page in pages for record in page.records], cursor)
    more = links_beyond_lists(source.client, shape.object, found.more_links)
    return _packed(shape, found.tables, more, cursor)


def parcel(
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
    return Parcel(tables, {shape.object.name: cursor | signature(shape)} if cursor else {})


def former(cursor: Cursor) -> Cursor:
    """What a cursor says of properties that the portal had once, for the next one."""
    return {FORMER: cursor.get(FORMER, [])}


def signature(shape: Shape) -> Cursor:
    """What a cursor says of the definitions that hold as its parcel is read."""
    return {"history": list(shape.history), "kinds": shape.kinds}
