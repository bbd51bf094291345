"""The process while it syncs: its memory stays flat, and its time is not spent on looking for garbage."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from warehouse import Warehouse

COLLECT_EVERY = 200_000  # objects; records are trees, which go without a collector's help
SWITCH_SECONDS = 0.0005  # readers wait for answers, the loader computes: a page must not wait for it long


@contextmanager
def roomy(warehouse: Warehouse) -> Iterator[None]:
    """Hold the warehouse open, for opening its file anew costs more than most questions to it."""
    thresholds, interval = gc.get_threshold(), sys.getswitchinterval()
    gc.set_threshold(COLLECT_EVERY, *thresholds[1:])
    gc.freeze()  # what is there by now are modules mostly: nothing that every collection should look at again
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        with warehouse.limited():
            yield
    finally:
        sys.setswitchinterval(interval)
        gc.unfreeze()
        gc.set_threshold(*thresholds)
