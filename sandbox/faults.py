"""What goes wrong on purpose: switchable, and the same every time."""

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["500", "503", "429", "reset", "truncate", "drip", "expire"]
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass
class Fault:
    """One trouble. `rate`: every so many requests on average, spread evenly; `next`: the next so many.

    `path`: only requests whose path contains it.
    """

    kind: Kind
    rate: float = 0.0
    next: int = 0
    path: str = ""
    seen: int = 0

    def strikes(self, path: str) -> bool:
        """Whether this request is hit; counts it."""
        if self.path not in path:
            return False
        self.seen += 1
        if self.next > 0:
            self.next -= 1
            return True
        return int(self.seen * self.rate) > int((self.seen - 1) * self.rate)


class Faults:
    """All troubles switched on at present, in the order of switching."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, kind: str, *, rate: float = 0.0, next: int = 0, path: str = "") -> None:
        """Switch one on.

        Raises:
            ValueError: there is no such kind of trouble, or the rate is not a share.
        """
        if kind not in KINDS:
            raise ValueError(f"There is no fault '{kind}'. There are: {', '.join(KINDS)}.")
        if not 0 <= rate <= 1:
            raise ValueError(f"A fault's rate is a share of the requests, from 0 to 1, and not {rate}.")
        self._faults.append(Fault(kind, rate, next, path))  # type: ignore[arg-type]

    def clear(self) -> None:
        """Switch all off."""
        self._faults.clear()

    def strike(self, path: str) -> str | None:
        """The trouble that hits this request, if any."""
        struck = [fault.kind for fault in self._faults if fault.strikes(path)]
        return struck[0] if struck else None
