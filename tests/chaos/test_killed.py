"""A run killed at any instant, and run again, comes to the same tables as one that was not killed."""

from collections.abc import Callable

import pytest

from tests.chaos.points import spread
from tests.chaos.story import Point, Story
from tests.chaos.survived import SURVIVED

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(1800)]
# Of each stage: how many kills, and how many of them in a whole run.
KILLS = {"sync": (20, 20), "build": (16, 2), "check": (12, 2), "publish": (12, 2)}
POINTS = [point for stage, (count, whole) in KILLS.items() for point in spread(stage, count, whole)]


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_a_killed_run_is_made_up_for(
    story: Story, point: Point, record_property: Callable[[str, object], None]
) -> None:
    story.survives(point)
    record_property(SURVIVED, point.stage)
