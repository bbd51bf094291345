"""What a run makes holds personal data: nobody but us reads it, unless it is published."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse import Warehouse


@contextmanager
def private(warehouse: Warehouse) -> Iterator[None]:
    """New files are 0600 and new folders 0700 in the block; a working file from before becomes so, too."""
    before = os.umask(0o077)
    try:
        if warehouse.engine == "duckdb" and warehouse.exists:
            file: Path = warehouse.path
            if file.stat().st_uid == os.getuid():
                file.chmod(0o600)
        yield
    finally:
        os.umask(before)
