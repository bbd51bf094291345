"""The story's one source of chance: the same seed writes the same story."""

import math
import random
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


class Odds(Generic[T]):
    """Choices with their weights, prepared once so that a draw is one bisection."""

    def __init__(self, weights: dict[T, float]) -> None:
        total = sum(weights.values())
        self.choices = tuple(weights)
        self.upto = [part / total for part in accumulate(weights.values())]
        self.upto[-1] = 1.0


class Pen:
    """Random draws, all of them from `random.Random.random`, the one method whose stream is promised."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed).random  # noqa: S311 - a story, no secret

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self.random() < probability

    def below(self, limit: int) -> int:
        """An integer from 0 to `limit` - 1."""
        return int(self.random() * limit)

    def between(self, low: int, high: int) -> int:
        """An integer from `low` to `high` - 1."""
        return low + int(self.random() * (high - low))

    def draw(self, odds: Odds[T]) -> T:
        """One of the weighted choices."""
        return odds.choices[bisect_right(odds.upto, self.random())]

    def one_of(self, choices: Sequence[T]) -> T:
        """One of the choices, all alike."""
        return choices[int(self.random() * len(choices))]

    def wait(self, mean: float) -> int:
        """An exponential delay of this mean, in whole milliseconds."""
        return int(-mean * math.log(1.0 - self.random()))
