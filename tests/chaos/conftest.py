"""One story for all kills of a test run; at the end, how many points were survived."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.terminal import TerminalReporter

from tests.chaos.story import STAGES, Story, told

SURVIVED = "survived a kill in"


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


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Print the count, also from other processes: it travels with the reports."""
    reports = terminalreporter.getreports("passed")
    counts = Counter(value for one in reports for name, value in one.user_properties if name == SURVIVED)
    if counts:
        of_each = ", ".join(f"{stage} {counts[stage]}" for stage in STAGES if counts[stage])
        terminalreporter.write_line(
            f"Survived: killed at {counts.total()} points ({of_each}); after each, the next run ended 0 "
            "and every table was as it should be."
        )
