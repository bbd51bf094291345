"""Reading records: page by page through the list, or by id in batches."""

from collections.abc import Iterator
from typing import Any

from extract.client import Client
from extract.declaration import Limits
from extract.definitions import Shape

Record = dict[str, Any]
ADDRESS = "/crm/v3/objects/"


def page_size(shape: Shape, limits: Limits) -> int:
    """How many records one page or batch may hold."""
    return limits.history_page if shape.history else limits.list_page


def fits_an_address(shape: Shape, limits: Limits) -> bool:
    """Whether all property names can be part of a list's address."""
    names = sum(len(name) + 3 for name in (*shape.properties, *shape.history))
    return names < limits.longest_address


def list_pages(
    client: Client, shape: Shape, limits: Limits, *, after: str | None = None, archived: bool = False
) -> Iterator[tuple[list[Record], str | None]]:
    """Whole records, a page at a time, with the cursor of the next page (None after the last)."""
    parameters: dict[str, str | int] = {
        "limit": page_size(shape, limits),
        "archived": "true" if archived else "false",
        "properties": ",".join(shape.properties),
    }
    if shape.history:
        parameters["propertiesWithHistory"] = ",".join(shape.history)
    yield from _pages(client, shape, parameters | _along(shape, archived), after)


def id_pages(
    client: Client, shape: Shape, limits: Limits, *, after: str | None = None, archived: bool = False
) -> Iterator[tuple[list[Record], str | None]]:
    """Records with their associations alone, a page at a time, with the cursor of the next page."""
    parameters: dict[str, str | int] = {
        "limit": limits.list_page,
        "archived": "true" if archived else "false",
        "properties": "hs_object_id",
    }
    yield from _pages(client, shape, parameters | _along(shape, archived), after)


def read_batch(client: Client, shape: Shape, ids: list[str], *, archived: bool = False) -> list[Record]:
    """The records with these ids, at most a page of them; those that are not there are left out.

    The id of a merged record brings its winner.
    """
    body: dict[str, Any] = {
        "properties": shape.properties,
        "propertiesWithHistory": list(shape.history),
        "inputs": [{"id": one} for one in ids],
    }
    parameters: dict[str, str | int] = {"archived": "true" if archived else "false"}
    found: list[Record] = client.post(f"{ADDRESS}{shape.object.path}/batch/read", body, parameters)["results"]
    return found


def _along(shape: Shape, archived: bool) -> dict[str, str | int]:
    links = shape.object.associations
    return {"associations": ",".join(one.to for one in links)} if links and not archived else {}


def _pages(
    client: Client, shape: Shape, parameters: dict[str, str | int], after: str | None
) -> Iterator[tuple[list[Record], str | None]]:
    while True:
        asked = parameters if after is None else parameters | {"after": after}
        answer = client.get(f"{ADDRESS}{shape.object.path}", asked)
        after = ((answer.get("paging") or {}).get("next") or {}).get("after")
        yield answer["results"], after
        if after is None:
            return
