"""Whole lists, page by page and in parcels' worth of pages, however long an object's property names are."""

from collections.abc import Iterator

from extract.definitions import Shape
from extract.packing import pages_a_parcel, read_pages
from extract.pages import Page
from extract.reading import fits_an_address, list_pages
from extract.source import Source


def listed(
    source: Source, shape: Shape, after: str | None, *, archived: bool, expected: int = 0
) -> Iterator[Page]:
    """The list's pages from `after` on; where property names fit no address, records come from batches."""
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
        batches = read_pages(source, shape, list(links), archived=archived)
        records = (record for batch in batches for record in batch.records)
        joined = tuple(record | {"associations": links.get(str(record["id"]))} for record in records)
        yield Page(page.path, page.after, joined=joined)


def gathered(source: Source, shape: Shape, pages: Iterator[Page]) -> Iterator[list[Page]]:
    """As many pages at a time as make a parcel."""
    some: list[Page] = []
    for page in pages:
        some.append(page)
        if page.after is None or len(some) >= pages_a_parcel(source, shape):
            yield some
            some = []
