"""A stage alone stands on the stage before it, or says what to run first."""

from datetime import datetime
from pathlib import Path

import pytest

from errors import UsageProblem
from nightly.ledger import Entry
from nightly.readiness import standing_on
from nightly.stages import ORDER, Name
from project import Project

PROJECT = Project(Path("/srv/sla"))
NIGHTS = [datetime(2026, 11, day, 20) for day in range(20, 28)]


def _ran(night: int, stages: tuple[Name, ...], done: tuple[Name, ...], refusals: str | None = None) -> Entry:
    entry = Entry(
        f"run-{night}", NIGHTS[night], as_of=NIGHTS[night], stages=" ".join(stages), refusals=refusals
    )
    for stage in done:
        setattr(entry, f"{stage}_seconds", 1.0)
    return entry


def test_a_stage_takes_the_as_of_of_the_last_sync() -> None:
    ledger = [_ran(2, ("build",), ("build",)), _ran(1, ("sync",), ("sync",)), _ran(0, ORDER, ORDER)]
    assert standing_on(("check",), ledger, PROJECT) == (NIGHTS[1], ())


def test_publish_alone_is_bound_by_what_the_checks_refused() -> None:
    ledger = [_ran(1, ("check",), ("check",), "a\nb"), _ran(0, ORDER, ORDER)]
    assert standing_on(("publish",), ledger, PROJECT) == (NIGHTS[0], ("a", "b"))


def test_an_earlier_publish_does_not_stand_between() -> None:
    ledger = [_ran(1, ("publish",), ()), _ran(0, ORDER, ("sync", "build", "check"))]
    assert standing_on(("publish",), ledger, PROJECT) == (NIGHTS[0], ())


def test_nothing_synced_yet() -> None:
    with pytest.raises(UsageProblem, match="Run `smarketing sync` first"):
        standing_on(("build",), [_ran(0, ORDER, ())], PROJECT)


@pytest.mark.parametrize(
    ("stage", "ledger", "first"),
    [
        ("check", [_ran(1, ("sync",), ("sync",)), _ran(0, ORDER, ORDER)], "build"),
        ("publish", [_ran(1, ("build",), ("build",)), _ran(0, ORDER, ORDER)], "check"),
        ("publish", [_ran(1, ("build",), ()), _ran(0, ORDER, ORDER)], "build"),
        ("build", [_ran(1, ORDER, ()), _ran(0, ORDER, ORDER)], "sync"),
        ("check", [_ran(1, ORDER, ("sync",)), _ran(0, ORDER, ORDER)], "build"),
        ("publish", [_ran(1, ("sync",), ("sync",)), _ran(0, ORDER, ORDER)], "build"),
    ],
)
def test_what_was_begun_anew_has_to_be_carried_through(stage: Name, ledger: list[Entry], first: str) -> None:
    with pytest.raises(UsageProblem, match=f"Run `smarketing {first}` first"):
        standing_on((stage,), ledger, PROJECT)
