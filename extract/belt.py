"""Several sources, each in a thread of its own, and one place where all that they give comes out."""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Generic, TypeVar

_TICK = 0.2

Item = TypeVar("Item")


class Belt(Generic[Item]):
    """Holds at most `waiting` items, so that sources never run far ahead of whoever takes from it."""

    def __init__(self, sources: Sequence[Callable[[], Iterator[Item]]], waiting: int) -> None:
        self._sources = sources
        self._items: queue.Queue[Item | None] = queue.Queue(waiting)
        self._errors: list[BaseException] = []
        self._stopped = threading.Event()  # no source goes on
        self._abandoned = threading.Event()  # nobody takes any more
        self._running = len(sources)

    @contextmanager
    def running(self) -> Iterator["Belt[Item]"]:
        """Run the sources; at the end of the block those that still do are stopped.

        If a source failed, the others are stopped at once, and at the end of the block its error is raised.
        """
        threads = [
            threading.Thread(target=self._carry, args=(source,), daemon=True) for source in self._sources
        ]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self._stopped.set()
            self._abandoned.set()
            for thread in threads:
                thread.join()
        if self._errors:
            raise self._errors[0]

    def items(self) -> Iterator[Item | None]:
        """All items, each source's in its order; None whenever there was none for a moment."""
        while self._running:
            try:
                item = self._items.get(timeout=_TICK)
            except queue.Empty:
                yield None
                continue
            if item is None:
                self._running -= 1
            else:
                yield item

    def _carry(self, source: Callable[[], Iterator[Item]]) -> None:
        try:
            for item in source():
                if not self._put(item, unless=self._stopped):
                    return
        except BaseException as error:  # noqa: BLE001 -- raised again where the items are taken
            self._errors.append(error)
            self._stopped.set()
        finally:
            self._put(None, unless=self._abandoned)

    def _put(self, item: Item | None, *, unless: threading.Event) -> bool:
        while not unless.is_set():
            with suppress(queue.Full):
                self._items.put(item, timeout=_TICK)
                return True
        return False
