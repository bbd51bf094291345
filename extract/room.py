"""The process while it syncs: its memory stays flat, and its time is not spent on looking for garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from warehouse import Warehouse

COLLECT_EVERY = 200_000  # objects; records are trees, which go without a collector's help


@contextmanager
def roomy(warehouse: Warehouse) -> Iterator[None]:
    """Hold the warehouse open, for opening its file anew costs more than most questions to it."""
    thresholds = gc.get_threshold()
    gc.set_threshold(COLLECT_EVERY, *thresholds[1:])
    try:
        with warehouse.limited():
            yield
    finally:
        gc.set_threshold(*thresholds)
