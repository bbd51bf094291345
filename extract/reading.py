"""Reading records: page by page through the list, or by id in batches."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from extract.client import Client
from extract.conveyor import in_order
from extract.declaration import Limits
from extract.definitions import Shape
from extract.turns import NOW

Record = dict[str, Any]
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
) -> Iterator[tuple[list[Record], str | None]]:
    """Whole records, a page at a time, with the cursor of the next page (None after the last).

    The more pages are to come of the `expected` records, the more urgent is the next one: a list is read one
    page after the other, so the longest must not wait for shorter ones.
    """
    parameters: dict[str, str | int] = {
        "limit": page_size(shape, limits),
        "archived": "true" if archived else "false",
        "properties": ",".join(shape.properties),
    }
    if shape.history:
        parameters["propertiesWithHistory"] = ",".join(shape.history)
    yield from _pages(client, shape, parameters | _along(shape, archived), after, expected)


def id_pages(  # noqa: PLR0913 -- what a list is asked for
    client: Client,
    shape: Shape,
    limits: Limits,
    *,
    after: str | None = None,
    archived: bool = False,
    expected: int = 0,
) -> Iterator[tuple[list[Record], str | None]]:
    """Records with their associations alone, a page at a time, with the cursor of the next page."""
    parameters: dict[str, str | int] = {
        "limit": limits.list_page,
        "archived": "true" if archived else "false",
        "properties": "hs_object_id",
    }
    yield from _pages(client, shape, parameters | _along(shape, archived), after, expected)


def read_batches(  # noqa: PLR0913 -- and in which pool
    client: Client,
    pool: ThreadPoolExecutor,
    shape: Shape,
    limits: Limits,
    ids: list[str],
    *,
    archived: bool = False,
    urgency: float = NOW,
) -> Iterator[list[Record]]:
    """The records with these ids, however many, a few batches at a time."""
    size = page_size(shape, limits)
    parts = [ids[at : at + size] for at in range(0, len(ids), size)]
    read = partial(read_batch, client, shape, archived=archived, urgency=urgency)
    return in_order(pool, read, parts)


def read_batch(
    client: Client, shape: Shape, ids: list[str], *, archived: bool = False, urgency: float = NOW
) -> list[Record]:
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
    found: list[Record] = client.post(address, body, parameters, urgency=urgency)["results"]
    return found


def _along(shape: Shape, archived: bool) -> dict[str, str | int]:
    links = shape.object.associations
    return {"associations": ",".join(one.to for one in links)} if links and not archived else {}


def _pages(
    client: Client, shape: Shape, parameters: dict[str, str | int], after: str | None, expected: int
) -> Iterator[tuple[list[Record], str | None]]:
    page = int(parameters["limit"])
    while True:
        asked = parameters if after is None else parameters | {"after": after}
        answer = client.get(f"{ADDRESS}{shape.object.path}", asked, urgency=max(0, expected / page))
        after = ((answer.get("paging") or {}).get("next") or {}).get("after")
        expected -= len(answer["results"])
        yield answer["results"], after
        if after is None:
            return
