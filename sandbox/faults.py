"""What goes wrong on purpose: switchable, and the same every time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args

Kind = Literal[
    "500",
    "502",
    "503",
    "429",
    "daily",
    "expire",
    "reset",
    "reset_midway",
    "truncate",
    "drip",
    "malformed",
    "cut",
]
KINDS: tuple[str, ...] = get_args(Kind)


_READ: dict[str, Callable[[Any], Any]] = {"path": str, "after": int, "seconds": float}


@dataclass
class Fault:
    """One trouble. `rate`: every so many requests on average, spread evenly; `next`: the next so many.

    `path`: only requests whose path contains it. `after`: it begins when so many of these have passed.
    `seconds`: how long a dripping answer takes.

    What the kinds are: a status (`502` with a proxy's page), `daily` the daily limit, `expire` a token that
    is no longer valid; on the wire `reset` before an answer, `reset_midway` in it, `truncate` a connection
    that closes halfway, `drip` a slow answer; in the body `malformed` no JSON, `cut` half of it as if all.
    """

    kind: Kind
    rate: float = 0.0
    next: int = 0
    path: str = ""
    after: int = 0
    seconds: float = 1.2
    seen: int = 0

    def strikes(self, path: str) -> bool:
        """Whether this request is hit; counts it."""
        if self.path not in path:
            return False
        if self.after > 0:
            self.after -= 1
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

    def add(self, kind: str, *, rate: float = 0.0, next: int = 0, **more: Any) -> None:
        """Switch one on; `more` is any of `path`, `after` and `seconds`.

        Raises:
            ValueError: there is no such kind of trouble, or the rate is not a share.
            TypeError: there is nothing more to say by one of these names.
        """
        if kind not in KINDS:
            raise ValueError(f"There is no fault '{kind}'. There are: {', '.join(KINDS)}.")
        if not 0 <= float(rate) <= 1:
            raise ValueError(f"A fault's rate is a share of the requests, from 0 to 1, and not {rate}.")
        said = {name: _READ[name](value) if name in _READ else value for name, value in more.items()}
        self._faults.append(Fault(kind, float(rate), int(next), **said))  # type: ignore[arg-type]

    def clear(self) -> None:
        """Switch all off."""
        self._faults.clear()

    def strike(self, path: str) -> Fault | None:
        """The trouble that hits this request, if any."""
        struck = [fault for fault in self._faults if fault.strikes(path)]
        return struck[0] if struck else None
