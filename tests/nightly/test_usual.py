"""What was slower than usual is said, and what was not is not."""

from datetime import datetime, timedelta

from nightly.ledger import Entry
from nightly.usual import quota_used, slower

BEGUN = datetime(2026, 11, 1, 2, 30)


def _runs(*sync_seconds: float | None) -> list[Entry]:
    """The newest first."""
    return [
        Entry(f"run-{place}", BEGUN - timedelta(days=place), sync_seconds=seconds, build_seconds=20.0)
        for place, seconds in enumerate(sync_seconds)
    ]


def test_half_as_long_again_is_slow() -> None:
    assert slower(_runs(46, 30, 31, 29)) == ["Sync took 46.0 s; usual are 30.0 s."]
    assert slower(_runs(44, 30, 31, 29)) == []


def test_seconds_are_not_worth_a_word() -> None:
    assert slower(_runs(6, 2, 2, 2)) == []
    assert slower(_runs(8, 2, 2, 2)) != []


def test_two_runs_are_no_habit_and_stages_that_were_not_run_do_not_count() -> None:
    assert slower(_runs(90, 30, 30)) == []
    assert slower(_runs(90, 30, None, 30)) == []
    assert slower(_runs(None, 30, 30, 30)) == []
    assert slower([]) == []


def test_quota_used() -> None:
    run = Entry("run", BEGUN, requests=650, quota_limit=650_000, quota_left=600_000)
    assert quota_used(run) == "650 requests, 0.1% of the day's 650,000; 600,000 were left."
    assert quota_used(Entry("run", BEGUN, requests=650)) is None
