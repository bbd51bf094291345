"""A publisher in a process of its own that may die at a chosen call of the operating system.

`python -m tests.publish.publisher ROOT RUN_ID [before|after CALL COUNT]`: publishes what ROOT's working file
holds; with the rest, it is killed (SIGKILL) before or after its COUNTth successful call of `os.CALL`.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import agreement
import publish
from progress import Silent
from project import Project, Run
from tests.publish.company import AS_OF
from warehouse import open_warehouse

SIGNED = Path(__file__).parents[2] / "sandbox" / "agreement.yml"


def main(root: str, run_id: str, when: str = "", call: str = "", count: str = "0") -> None:
    """Publish, or die trying."""
    if call:
        setattr(os, call, _deadly(getattr(os, call), when, int(count)))
    project = Project(Path(root))
    signed = agreement.load(SIGNED)
    publish.publish(project, signed, open_warehouse(project), Run(run_id, AS_OF), Silent())


def _deadly(function: Callable[..., Any], when: str, count: int) -> Callable[..., Any]:
    calls = 0

    def counted(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        if calls + 1 == count and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*args, **kwargs)
        calls += 1
        if calls == count:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return counted


if __name__ == "__main__":
    main(*sys.argv[1:])
