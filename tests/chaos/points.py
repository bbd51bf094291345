"""Where to kill: at random instants, but so that each part of a stage gets one."""

import random
from collections.abc import Iterator

from tests.chaos.story import Point

SEED = 20261130


def spread(stage: str, count: int, whole: int) -> Iterator[Point]:
    """`count` points of a stage, each at random within its own part of it; `whole` of them in whole runs."""
    chosen = random.Random(f"{SEED} {stage}")
    in_whole_runs = set(chosen.sample(range(count), whole))
    for part in range(count):
        yield Point(stage, (part + chosen.random()) / count, whole=part in in_whole_runs)
