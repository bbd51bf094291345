"""What is wrong with an agreement, in words that the people who sign it can act on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Protocol

from errors import UsageProblem


class Placed(Protocol):
    """Anything that stands somewhere in the file; both count from 1."""

    @property
    def line(self) -> int:
        """The line it begins in."""

    @property
    def column(self) -> int:
        """The column it begins at."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that was most likely meant; None if nothing is near."""
    by_folded = {one.lower().replace(" ", "_"): one for one in sorted(known)}
    close = get_close_matches(name.lower().replace(" ", "_"), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


@dataclass(frozen=True)
class Fault:
    """What is wrong with one value, before it is known where the value stands.

    `found` completes a sentence that begins with the value's name; `expected` and `example` replace what is
    usual for such a value; `near` is the text within the value that the fault is about.
    """

    found: str
    expected: str | None = None
    nearest: str | None = None
    example: str | None = None
    near: str | None = None


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend: where, what was found, what was expected, what was meant, how to write it."""

    line: int
    column: int
    found: str
    expected: str
    nearest: str | None = None
    example: str | None = None

    def text(self, file: str) -> str:
        """The problem as a paragraph; its first line begins `file:line:column`, as editors expect."""
        lines = [f"{file}:{self.line}:{self.column}: {self.found}", f"  Expected: {self.expected}"]
        if self.nearest:
            lines.append(f"  Did you mean: {self.nearest}")
        if self.example:
            lines.append(f"  For example: {self.example}")
        return "\n".join(lines)


@dataclass
class Problems:
    """Everything that is wrong with one file, collected while it is read."""

    found: set[Problem] = field(default_factory=set)

    def add(
        self,
        at: Placed,
        found: str,
        expected: str,
        *,
        nearest: str | None = None,
        example: str | None = None,
    ) -> None:
        """Note a problem at the place of `at`; the same one twice counts once."""
        self.found.add(Problem(at.line, at.column, found, expected, nearest, example))

    def raise_if_any(self, path: Path) -> None:
        """Refuse the file if anything is wrong with it.

        Raises:
            UsageProblem: every problem, in the order of the file.
        """
        if not self.found:
            return
        inorder = sorted(self.found, key=lambda problem: (problem.line, problem.column, problem.found))
        count = "1 problem" if len(inorder) == 1 else f"{len(inorder)} problems"
        text = "\n\n".join(problem.text(str(path)) for problem in inorder)
        raise UsageProblem(f"The agreement cannot be used: {count}. Nothing was fetched.\n\n{text}")
