"""A made-up company: its story, written once, and its CRM's records as of any instant."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sandbox.crm import OBJECT_TYPES, Crm
from sandbox.edits.census import Census, census
from sandbox.edits.desk import Desk
from sandbox.instants import DEFAULT_NOW, Instant, as_instant
from sandbox.judging.terms import SIGNED
from sandbox.plot.writer import write
from sandbox.records.rows import Properties
from sandbox.truth import Truth, truth_of


@contextmanager
def _without_collector() -> Iterator[None]:
    """A story is millions of objects that all stay: looking for garbage among them doubles the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Company:
    """Paradox Marketing with `contacts` contacts at the default now; the same seed is the same company.

    The story goes on for sixty days beyond the default now: another day is merely another `now`.
    An instant is milliseconds or a naive UTC datetime (`sandbox.instants`).
    """

    def __init__(self, contacts: int = 2000, seed: int = 1) -> None:
        self.contacts, self.seed = contacts, seed
        with _without_collector():
            self.story = write(contacts, seed)
            self.crm = Crm(self.story)

    def records(self, now: Instant = DEFAULT_NOW) -> dict[str, dict[int, Properties]]:
        """Every record of every object type at `now`, by type and id, with all its properties."""
        instant = as_instant(now)
        return {object_type: dict(self.crm.records(object_type, instant)) for object_type in OBJECT_TYPES}

    def desk(self, clock: Callable[[], int] = lambda: DEFAULT_NOW) -> Desk:
        """Where records are edited, deleted and merged on top of the story."""
        return Desk(self.crm, clock)

    def census(self, now: Instant = DEFAULT_NOW) -> Census:
        """Exactly what the CRM holds at `now`, edits included: what a copy of it must equal."""
        return census(self.crm, as_instant(now))

    def truth(self, now: Instant = DEFAULT_NOW, agreement: Path = SIGNED) -> Truth:
        """What is true at `now`, judged by an agreement: for comparisons, never for the pipeline."""
        return truth_of(self.story, now, agreement)
