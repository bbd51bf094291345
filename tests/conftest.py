"""How the suite is dealt out to several processes, and what is said at its end."""

import os
from collections import Counter

import pytest
from _pytest.terminal import TerminalReporter

from tests.chaos.survived import SURVIVED


def pytest_configure(config: pytest.Config) -> None:
    """What dbt read of its project is shared by all tests and commands: seconds of each first build."""
    os.environ.setdefault("SMARKETING_CACHE_DIR", str(config.cache.mkdir("smarketing")))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow files first, then folders, which share what is dear to make; nights of chaos fill up the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: (_is_chaos(item), item.path not in slow))
    for item in items:
        if not _is_chaos(item) and item.get_closest_marker("xdist_group") is None:
            together = item.path if item.path in slow else item.path.parent
            item.add_marker(pytest.mark.xdist_group(str(together.relative_to(item.config.rootpath))))


def _is_chaos(item: pytest.Item) -> bool:
    return item.get_closest_marker("chaos") is not None


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Print the count, also from other processes: it travels with the reports."""
    reports = terminalreporter.getreports("passed")
    counts = Counter(value for one in reports for name, value in one.user_properties if name == SURVIVED)
    if counts:
        of_each = ", ".join(f"{stage} {counts[stage]}" for stage in sorted(counts))
        terminalreporter.write_line(
            f"Survived: killed at {counts.total()} points ({of_each}); after each, the next run ended 0 "
            "and every table was as it should be."
        )
