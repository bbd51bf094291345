"""Locks that readers stand in the way of: asked for briefly, and again, so that readers need not queue."""

import logging
import random
import time
from collections.abc import Callable

LOG = logging.getLogger(__name__)
LOCK_TIMEOUT = "200ms"  # below PostgreSQL's deadlock_timeout: we give way before a reader is ended
ATTEMPTS, PAUSE_SECONDS = 120, 0.1
HELD = (
    "The columns of a published table must change, and a reader of the server holds it in a transaction that"
    " does not end. What was shown is still shown."
    " `select * from pg_stat_activity where state = 'idle in transaction'` names it."
)


def patiently(work: Callable[[], None]) -> None:
    """Do `work`, anew when it did not get its locks.

    Raises:
        RuntimeError: a reader never let go.
    """
    import psycopg2

    for left in reversed(range(ATTEMPTS)):
        try:
            work()
        except (psycopg2.errors.LockNotAvailable, psycopg2.errors.DeadlockDetected):
            if not left:
                raise RuntimeError(HELD) from None
            time.sleep(PAUSE_SECONDS * random.uniform(0.5, 1.5))  # noqa: S311 -- to meet no rhythm
        else:
            return


def if_possible(work: Callable[[], None], what: str) -> None:
    """Do `work` patiently; if a reader never lets go, the next publication will."""
    try:
        patiently(work)
    except RuntimeError:
        LOG.warning("readers are in the way of this, and it is left to the next publication: %s", what)
