"""Where to kill: at random instants, but so that each part of a stage gets one.

`CHAOS_EVERY=3` takes a sample, one of three points of each stage; which one goes on with `CHAOS_TURN`.
"""

import os
import random
from collections.abc import Iterator

from tests.chaos.story import Point

SEED = 20261130
EVERY = int(os.environ.get("CHAOS_EVERY", "1"))
TURN = int(os.environ.get("CHAOS_TURN", "0"))


def spread(stage: str, count: int, whole: int) -> Iterator[Point]:
    """`count` points of a stage, each at random within its own part of it; `whole` of them in whole runs."""
    chosen = random.Random(f"{SEED} {stage}")
    in_whole_runs = set(chosen.sample(range(count), whole))
    points = [
        Point(stage, (part + chosen.random()) / count, whole=part in in_whole_runs) for part in range(count)
    ]
    yield from points[TURN % min(EVERY, count) :: EVERY]
