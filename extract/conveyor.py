"""Many readers, one loader: streams run in threads, and their parcels come out in loads worth a package.

Bounded everywhere, so that memory stays flat however large the portal is.
"""

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from extract.loading import Parcel

WAITING = 8  # parcels between the readers and the loader
ROWS_A_LOAD = 60_000
BYTES_A_LOAD = 96 * 2**20
SECONDS_A_LOAD = 60.0
_TICK = 0.2

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


def loads(streams: Sequence[Callable[[], Stream]]) -> Iterator[list[Parcel]]:
    """Run every stream in its own thread; yield their parcels in loads, each stream's in its order.

    If a stream fails, the others stop, what arrived is yielded, and then its error is raised.
    """
    belt = _Belt(len(streams))
    threads = [threading.Thread(target=belt.carry, args=(stream,), daemon=True) for stream in streams]
    for thread in threads:
        thread.start()
    try:
        yield from belt.loads()
    finally:
        belt.stopped.set()
        for thread in threads:
            thread.join()
    if belt.errors:
        raise belt.errors[0]


class _Belt:
    def __init__(self, streams: int) -> None:
        self.errors: list[BaseException] = []
        self.stopped = threading.Event()
        self._parcels: queue.Queue[Parcel | None] = queue.Queue(WAITING)
        self._running = streams

    def carry(self, stream: Callable[[], Stream]) -> None:
        try:
            for parcel in stream():
                if not self._put(parcel):
                    return
        except BaseException as error:  # noqa: BLE001 -- raised again in the main thread
            self.errors.append(error)
            self.stopped.set()
        finally:
            self._put(None, always=True)

    def loads(self) -> Iterator[list[Parcel]]:
        gathered: list[Parcel] = []
        began = time.monotonic()
        while self._running:
            gathered += self._next()
            if gathered and _is_enough(gathered, time.monotonic() - began):
                yield gathered
                gathered, began = [], time.monotonic()
        if gathered:
            yield gathered

    def _next(self) -> list[Parcel]:
        try:
            parcel = self._parcels.get(timeout=_TICK)
        except queue.Empty:
            return []
        if parcel is None:
            self._running -= 1
            return []
        return [parcel]

    def _put(self, parcel: Parcel | None, *, always: bool = False) -> bool:
        while always or not self.stopped.is_set():
            try:
                self._parcels.put(parcel, timeout=_TICK)
            except queue.Full:
                if always and self.stopped.is_set() and not self._running:
                    return False
                continue
            return True
        return False


def _is_enough(parcels: list[Parcel], seconds: float) -> bool:
    return (
        seconds >= SECONDS_A_LOAD
        or sum(parcel.rows for parcel in parcels) >= ROWS_A_LOAD
        or sum(parcel.bytes for parcel in parcels) >= BYTES_A_LOAD
    )
