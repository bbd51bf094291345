"""One story for all kills of a process; at the end, how many points were survived."""

from collections.abc import Iterator

import pytest
from _pytest.terminal import TerminalReporter

from tests.chaos.story import Story, told

POINTS = "points survived"


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """The second night, undisturbed, and the folder before each of its stages."""
    with told(tmp_path_factory.mktemp("chaos")) as story:
        yield story


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Print the count, also from other processes: it travels with the reports."""
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    counts = [int(value) for one in reports for name, value in one.user_properties if name == POINTS]
    if counts:
        terminalreporter.write_line(
            f"Killed at {sum(counts)} points; after each, every table was as it should be."
        )
