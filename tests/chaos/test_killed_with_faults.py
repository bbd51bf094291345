"""A run killed while the CRM is in trouble, too, and run again while it still is."""

from collections.abc import Callable

import pytest

from tests.chaos.points import spread
from tests.chaos.story import Point, Story
from tests.chaos.survived import SURVIVED

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(1800)]
TROUBLES = (
    ("429", "reset_midway"),
    ("500", "cut"),
    ("502", "truncate"),
    ("503", "malformed"),
    ("reset", "drip"),
)
KILLS = [*spread("sync", 15, 15), *spread("build", 3, 0), *spread("publish", 2, 0)]
RATE = 0.06


@pytest.mark.parametrize(
    ("point", "troubles"),
    [(point, TROUBLES[number % len(TROUBLES)]) for number, point in enumerate(KILLS)],
    ids=lambda value: str(value) if isinstance(value, Point) else " and ".join(value),
)
def test_a_run_killed_in_the_midst_of_trouble_is_made_up_for(
    story: Story,
    point: Point,
    troubles: tuple[str, ...],
    record_property: Callable[[str, object], None],
) -> None:
    try:
        for kind in troubles:
            story.crm.faults.add(kind, rate=RATE, seconds=0.4)
        story.survives(point)
    finally:
        story.crm.faults.clear()
    record_property(SURVIVED, point.stage)
