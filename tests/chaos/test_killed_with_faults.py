"""A run killed while the CRM is in trouble, too, and run again while it still is."""

from collections.abc import Callable

import pytest

from tests.chaos.conftest import POINTS
from tests.chaos.story import Story

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(1800)]
TROUBLES = (
    ("429", "reset_midway"),
    ("500", "cut"),
    ("502", "truncate"),
    ("503", "malformed"),
    ("reset", "drip"),
)
POINTS_OF_EACH = (("sync", 0.3), ("sync", 0.6), ("sync", 0.9), ("build", 0.5))
RATE = 0.06


@pytest.mark.parametrize("troubles", TROUBLES, ids=" and ".join)
def test_killed_in_the_midst_of_trouble(
    story: Story, troubles: tuple[str, ...], record_property: Callable[[str, object], None]
) -> None:
    survived = 0
    try:
        for kind in troubles:
            story.crm.faults.add(kind, rate=RATE, seconds=0.4)
        for stage, share in POINTS_OF_EACH:
            story.survives(stage, share, whole=stage == "sync")
            survived += 1
    finally:
        story.crm.faults.clear()
        record_property(POINTS, survived)
