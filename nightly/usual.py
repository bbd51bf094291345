"""What was slower than usual: the newest run against the ones before it."""

from statistics import median

from nightly.ledger import Entry
from nightly.stages import ORDER

FEWEST_BEFORE = 3
AT_MOST_BEFORE = 14
FACTOR = 1.5
LEAST_SECONDS = 5.0


def slower(runs: list[Entry]) -> list[str]:
    """A sentence for each stage of the newest of `runs` (newest first) that took much longer than usual.

    Usual is the median of up to fourteen runs before; half as much again, and five seconds, are much.
    """
    if not runs:
        return []
    newest, before = runs[0], runs[1:]
    said = []
    for stage in ORDER:
        now = _seconds(newest, stage)
        usual = [seconds for run in before if (seconds := _seconds(run, stage)) is not None][:AT_MOST_BEFORE]
        if now is None or len(usual) < FEWEST_BEFORE:
            continue
        middle = median(usual)
        if now > FACTOR * middle and now > middle + LEAST_SECONDS:
            said.append(f"{stage.capitalize()} took {now:.1f} s; usual are {middle:.1f} s.")
    return said


def quota_used(run: Entry) -> str | None:
    """What part of the CRM's requests of that day this run took, and what was left; None if nobody said."""
    if not run.quota_limit or run.requests is None or run.quota_left is None:
        return None
    return (
        f"{run.requests:,} requests, {run.requests / run.quota_limit:.1%} of the day's {run.quota_limit:,}; "
        f"{run.quota_left:,} were left."
    )


def _seconds(run: Entry, stage: str) -> float | None:
    seconds: float | None = getattr(run, f"{stage}_seconds")
    return seconds
