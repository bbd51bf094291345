"""Many readers, one loader: streams run in threads, and their parcels come out in loads worth a package.

Bounded everywhere, so that memory stays flat however large the portal is.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from extract.belt import Belt
from extract.loading import Parcel

WAITING = 8  # parcels between the readers and the loader
ROWS_A_LOAD = 150_000
BYTES_A_LOAD = 96 * 2**20
SECONDS_A_LOAD = 20.0

Given = TypeVar("Given")
Taken = TypeVar("Taken")
Stream = Iterator[Parcel]


def in_order(
    pool: ThreadPoolExecutor, work: Callable[[Given], Taken], items: Iterable[Given], ahead: int = 8
) -> Iterator[Taken]:
    """Do `work` on `items` in the pool, at most `ahead` at once; results in the order of the items."""
    under_way: list[Future[Taken]] = []
    for item in items:
        under_way.append(pool.submit(work, item))
        if len(under_way) >= ahead:
            yield under_way.pop(0).result()
    for future in under_way:
        yield future.result()


def side_by_side(*sources: Iterator[Given], ahead: int = 6) -> Iterator[Given]:
    """What the sources give, each read in a thread of its own, `ahead` of its use by some items in all."""
    belt = Belt([partial(iter, source) for source in sources], ahead)
    with belt.running():
        yield from (item for item in belt.items() if item is not None)


def loads(streams: Sequence[Callable[[], Stream]]) -> Iterator[list[Parcel]]:
    """Run every stream in its own thread; yield their parcels in loads, each stream's in its order.

    If a stream fails, the others stop, what arrived is yielded, and then its error is raised.
    """
    gathered: list[Parcel] = []
    began = time.monotonic()
    belt = Belt(streams, WAITING)
    with belt.running():
        for parcel in belt.items():
            if parcel is not None:
                gathered.append(parcel)
            if gathered and _is_enough(gathered, time.monotonic() - began):
                yield gathered
                gathered, began = [], time.monotonic()
        if gathered:
            yield gathered


def _is_enough(parcels: list[Parcel], seconds: float) -> bool:
    return (
        seconds >= SECONDS_A_LOAD
        or sum(parcel.rows for parcel in parcels) >= ROWS_A_LOAD
        or sum(parcel.bytes for parcel in parcels) >= BYTES_A_LOAD
    )
