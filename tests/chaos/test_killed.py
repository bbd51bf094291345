"""A run killed at any instant, and run again, comes to the same tables as one that was not killed."""

from collections.abc import Callable

import pytest

from tests.chaos.conftest import POINTS
from tests.chaos.story import IN_WHOLE_RUNS, Story

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(1800)]
KILLS = {"sync": 20, "build": 16, "check": 12, "publish": 12}
TOGETHER = 4
GROUPS = [(stage, first) for stage, count in KILLS.items() for first in range(0, count, TOGETHER)]


@pytest.mark.parametrize(("stage", "first"), GROUPS)
def test_killed_at_points_spread_over_a_stage(
    story: Story, stage: str, first: int, record_property: Callable[[str, object], None]
) -> None:
    survived = 0
    for point in range(first, first + TOGETHER):
        story.survives(stage, point / KILLS[stage], whole=stage == "sync" or point < IN_WHOLE_RUNS)
        survived += 1
    record_property(POINTS, survived)
