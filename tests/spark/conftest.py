"""A cluster for the tests of a file; they run in an environment of their own: `make test-spark`."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.spark.cluster import Cluster, running


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder needs a cluster: `-m "not spark"` leaves them out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.spark)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A running master, two workers and Spark Connect."""
    yield from _started()


@pytest.fixture
def whole_cluster() -> Iterator[Cluster]:
    """One for a single test, which may break it."""
    yield from _started()


def _started() -> Iterator[Cluster]:
    if find_spec("pyspark") is None:
        pytest.skip("There is no PySpark here: SPARK WAS NOT TRIED. `make test-spark` has it.")
    with running() as started:
        yield started
