"""Publishers forked from one process that has everything imported: each starts at once and dies alone."""

import multiprocessing
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.publish import publisher

PRELOADED = ["agreement", "duckdb", "jinja2", "publish", "tests.publish.publisher", "warehouse"]
KEEP = "PUBLISH__KEEP"
PATIENCE_SECONDS = 120


@contextmanager
def keeping(count: int) -> Iterator[None]:
    """Publishers started in the block keep so many publications."""
    before = os.environ.get(KEEP)
    os.environ[KEEP] = str(count)
    try:
        yield
    finally:
        if before is None:
            del os.environ[KEEP]
        else:
            os.environ[KEEP] = before


def publish_or_die(root: Path, run_id: str, moment: float | None) -> tuple[bool, float]:
    """Publish in another process, killed after `moment` seconds if given: whether it was, how long."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    process = context.Process(target=publisher.main, args=(str(root), run_id))
    started = time.monotonic()
    process.start()
    process.join(PATIENCE_SECONDS if moment is None else moment)
    if moment is not None and process.is_alive():
        process.kill()
        process.join()
    assert process.exitcode is not None, f"the publisher of {run_id} does not end"
    assert process.exitcode == 0 or moment is not None, f"the publisher of {run_id} failed"
    return process.exitcode != 0, time.monotonic() - started
