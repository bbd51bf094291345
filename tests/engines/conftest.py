"""One server for all tests of this room that a worker runs; each test has databases of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines.server import Server, running


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder needs a server: `-m "not engines"` leaves them out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.engines)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A running PostgreSQL."""
    with running() as started:
        yield started
