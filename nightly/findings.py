"""What the doctor finds."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "problem"]


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it is, and what to do. `exit_code`: what a run would end with."""

    check: str
    state: State
    said: str
    todo: str = ""
    exit_code: int = 0
