"""Progress on a terminal: a bar for each count under way, gone when it ends; steps stay above."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text


class Count(ProgressColumn):
    """How much of how much, with thousands apart."""

    def render(self, task: Task) -> Text:
        """`12,000 of 100,000`, or `12,000` while nobody knows of how many; nothing before the first."""
        if task.total is None and not task.completed:
            return Text()
        of = f" of {int(task.total):,}" if task.total is not None else ""
        return Text(f"{int(task.completed):,}{of}")


class Bars:
    """Several counts may be under way at once, from several threads; they share one live display."""

    def __init__(self, terminal: Console) -> None:
        self._terminal = terminal
        self._changing = threading.Lock()
        self._display: Progress | None = None
        self._under_way = 0

    def say(self, message: str) -> None:
        """One line, above the bars."""
        self._terminal.print(message, soft_wrap=True)

    @contextmanager
    def track(self, what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
        """Show a bar for the block."""
        with self._changing:
            display = self._display or self._begin()
            self._under_way += 1
            task = display.add_task(what, total=total)
        try:
            yield lambda amount: display.advance(task, amount)
        finally:
            with self._changing:
                display.remove_task(task)
                self._under_way -= 1
                if not self._under_way:
                    display.stop()
                    self._display = None

    def _begin(self) -> Progress:
        self._display = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            Count(),
            TimeElapsedColumn(),
            console=self._terminal,
            transient=True,
        )
        self._display.start()
        return self._display
