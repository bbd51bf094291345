"""Records that were read become parcels: of a list's pages, or read by their ids."""

from collections.abc import Iterator
from math import ceil

import pyarrow as pa

from extract.associations import ASSOCIATIONS, links_beyond_lists, with_more_links
from extract.columnar import Columns, columns_of
from extract.definitions import Shape
from extract.drift import FORMER
from extract.pages import Page
from extract.parcels import Cursor, Parcel, last_of_each
from extract.reading import page_size, read_batches
from extract.records import Tables, tables_of
from extract.source import Source

RECORDS_A_PARCEL = 2000


def read_by_id(source: Source, shape: Shape, ids: list[str], *, archived: bool) -> Iterator[Parcel]:
    """These records, as far as they are there."""
    for start in range(0, len(ids), RECORDS_A_PARCEL):
        pages = read_pages(source, shape, ids[start : start + RECORDS_A_PARCEL], archived=archived)
        yield parcel_of_pages(source, shape, pages, None)


def read_pages(source: Source, shape: Shape, ids: list[str], *, archived: bool) -> list[Page]:
    """The same, as the CRM gives them."""
    limits = source.declared.limits
    return list(read_batches(source.client, source.pool, shape, limits, ids, archived=archived))


def pages_a_parcel(source: Source, shape: Shape) -> int:
    """How many pages of a list make one parcel."""
    return ceil(RECORDS_A_PARCEL / page_size(shape, source.declared.limits))


def parcel_of_pages(
    source: Source, shape: Shape, pages: list[Page], cursor: Cursor | None, links: pa.Table | None = None
) -> Parcel:
    """The rows of a list's pages, or of batches; `links` are those that did not come with the records."""
    found = columns_of(pages, shape, source.declared.merged_ids) or _one_by_one(source, shape, pages)
    if links is None:
        links = links_beyond_lists(source.client, shape.object, found.more_links)
    return _packed(shape, found.tables, links, cursor)


def _one_by_one(source: Source, shape: Shape, pages: list[Page]) -> Columns:
    records = [record for page in pages for record in page.records]
    tables = tables_of(records, shape, source.declared.merged_ids)
    return Columns(tables, with_more_links(records, shape.object))


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
