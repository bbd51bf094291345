"""What it takes to still reach a target before its period ends."""

from math import ceil

from publish.report.promises import Promises
from publish.report.source import Row


def pace(promises: Promises, row: Row) -> str:
    """The pace that a figure behind its target needs.

    Args:
        promises: tells shares from counts and amounts.
        row: commitment, agreement_version, target, actual, eligible and days_left (today included).

    Returns:
        For a share how many of the next handoffs must keep the promise without a miss; else how much a week.
    """
    version, name = row["agreement_version"], row["commitment"]
    if promises.is_share(version, name):
        return _in_a_row(row["target"], row["actual"], row["eligible"])
    missing = row["target"] - row["actual"]
    weeks = max(row["days_left"], 1) / 7
    if weeks <= 1:
        return f"{promises.figure(version, name, ceil(missing))} more by the end of the period"
    weekly = missing / weeks
    figure = f"{weekly:.1f}" if weekly < 10 else promises.figure(version, name, ceil(weekly))
    return f"{figure} a week"


def _in_a_row(target: float, actual: float, eligible: int) -> str:
    """The least n for which (kept + n) of (eligible + n) is the target."""
    if target >= 1:
        return "out of reach"
    kept = round(actual * eligible)
    # Rounded before it is raised: 0.95 is a little more or less than 0.95 in binary.
    needed = ceil(round((target * eligible - kept) / (1 - target), 9))
    return f"the next {needed} all kept" if needed > 1 else "the next one kept"
