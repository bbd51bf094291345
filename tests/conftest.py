"""What is said at the end of a test run."""

from collections import Counter

from _pytest.terminal import TerminalReporter

from tests.chaos.survived import SURVIVED


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
