"""Reading records: page by page through the list, or by id in batches."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from extract.client import Client
from extract.conveyor import in_order
from extract.declaration import Limits
from extract.definitions import Shape
from extract.pages import Page, batch_of, page_of
from extract.turns import NOW

ADDRESS = "/crm/v3/objects/"


def page_size(shape: Shape, limits: Limits) -> int:
    """How many records one page or batch may hold."""
    return limits.history_page if shape.history else limits.list_page


def fits_an_address(shape: Shape, limits: Limits) -> bool:
    """Whether all property names can be part of a list's address."""
    names = sum(len(name) + 3 for name in (*shape.properties, *shape.history))
    return names < limits.longest_address


def list_pages(  # noqa: PLR0913 -- what a list is asked for
    client: Client,
    shape: Shape,
    limits: Limits,
    *,
    after: str | None = None,
    archived: bool = False,
    expected: int = 0,
    whole: bool = True,
) -> Iterator[Page]:
    """The list, page by page: whole records, or with their associations alone.

    The more pages are to come of the `expected` records, the more urgent is the next one: a list is read one
    page after the other, so the longest must not wait for shorter ones.
    """
    page = page_size(shape, limits) if whole else limits.list_page
    parameters: dict[str, str | int] = {
        "limit": page,
        "archived": "true" if archived else "false",
        "properties": ",".join(shape.properties) if whole else "hs_object_id",
    }
    if whole and shape.history:
        parameters["propertiesWithHistory"] = ",".join(shape.history)
    if shape.object.along and not archived:
        parameters["associations"] = ",".join(one.to for one in shape.object.along)
    address = f"{ADDRESS}{shape.object.path}"
    following: dict[str, str | int] | None = {"after": after} if after is not None else {}
    while following is not None:
        urgency = max(0, expected / page)
        found = client.read(address, parameters | following, page_of, urgency=urgency)
        yield found
        expected -= page
        following = None if found.after is None else {"after": found.after}


def read_batches(  # noqa: PLR0913 -- and in which pool
    client: Client,
    pool: ThreadPoolExecutor,
    shape: Shape,
    limits: Limits,
    ids: list[str],
    *,
    archived: bool = False,
    urgency: float = NOW,
) -> Iterator[Page]:
    """The records with these ids, however many, a page for each batch, a few batches at a time."""
    size = page_size(shape, limits)
    parts = [ids[at : at + size] for at in range(0, len(ids), size)]
    read = partial(read_batch, client, shape, archived=archived, urgency=urgency)
    return in_order(pool, read, parts)


def read_batch(
    client: Client, shape: Shape, ids: list[str], *, archived: bool = False, urgency: float = NOW
) -> Page:
    """The records with these ids, at most a page of them; those that are not there are left out.

    The id of a merged record brings its winner.
    """
    body: dict[str, Any] = {
        "properties": shape.properties,
        "propertiesWithHistory": list(shape.history),
        "inputs": [{"id": one} for one in ids],
    }
    parameters: dict[str, str | int] = {"archived": "true" if archived else "false"}
    address = f"{ADDRESS}{shape.object.path}/batch/read"
    return client.read(address, parameters, batch_of, body=body, urgency=urgency)
