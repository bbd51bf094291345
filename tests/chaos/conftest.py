"""One story for all kills of a test run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.story import Story, told


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Story]:
    """The second night, undisturbed, and the folder before each of its stages."""
    place = tmp_path_factory.mktemp("chaos")
    with told(place, _shared(tmp_path_factory, place, worker_id)) as story:
        yield story


def _shared(factory: pytest.TempPathFactory, place: Path, worker_id: str) -> Path:
    """A folder that all workers of this test run have."""
    if worker_id == "master":
        return place
    shared = factory.getbasetemp().parent / "chaos-story"
    shared.mkdir(exist_ok=True)
    return shared
