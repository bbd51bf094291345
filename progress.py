"""How rooms tell a person what they are doing, without knowing whether a terminal is watching."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol


class Progress(Protocol):
    """What every room is given. `say` is one line; `track` counts work, in the caller's own units."""

    def say(self, message: str) -> None:
        """One finished step, as a sentence."""

    def track(self, what: str, total: int | None = None) -> AbstractContextManager[Callable[[int], None]]:
        """Count work under the name `what`; the function yielded adds to the count. Total None: unknown."""


class Silent:
    """Progress nobody watches: for `-q` and for tests."""

    def say(self, message: str) -> None:
        """Drop the line."""

    @contextmanager
    def track(self, what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
        """Count nothing."""
        yield lambda _: None
