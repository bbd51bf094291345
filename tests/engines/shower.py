"""A publisher in a process of its own, to be killed: `python -m tests.engines.shower ROOT NIGHT FILE`."""

import sys
from pathlib import Path

from project import Project
from warehouse import open_warehouse


def main(root: str, night: str, file: str) -> None:
    """Show one publication on the server."""
    warehouse = open_warehouse(Project(Path(root), "postgres"))
    print("begins", flush=True)  # noqa: T201 -- what the test waits for
    warehouse.show(night, Path(file))


if __name__ == "__main__":
    main(*sys.argv[1:])
