"""Many readers, one loader: streams run in threads, and their parcels come out in loads worth a package.

Bounded everywhere, so that memory stays flat however large the portal is.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from extract.belt import Belt
from extract.parcels import Parcel

WAITING = 16  # parcels between the readers and the loader, a few megabytes each
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
    belt = Belt(streams, WAITING)
    gathered = _Gathered()
    with belt.running():
        for parcel in belt.items():
            if parcel is not None:
                gathered.add(parcel)
            if gathered.is_enough:
                yield gathered.parcels
                gathered = _Gathered()
        if gathered.parcels:
            yield gathered.parcels


@dataclass
class _Gathered:
    """Parcels for one load, and how much they hold."""

    parcels: list[Parcel] = field(default_factory=list)
    rows: int = 0
    bytes: int = 0
    began: float = field(default_factory=time.monotonic)

    def add(self, parcel: Parcel) -> None:
        """Count it; Arrow adds up a table's bytes buffer by buffer, which is not for free."""
        self.parcels.append(parcel)
        self.rows += parcel.rows
        self.bytes += parcel.bytes

    @property
    def is_enough(self) -> bool:
        """Whether they are worth a package, or have waited long enough for one."""
        return bool(self.parcels) and (
            time.monotonic() >= self.began + SECONDS_A_LOAD
            or self.rows >= ROWS_A_LOAD
            or self.bytes >= BYTES_A_LOAD
        )
