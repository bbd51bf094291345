"""Intervals by their definitions, solved numerically: no formula in common with `planning.estimates`."""

import math
from collections.abc import Callable

DEVIATIONS = 1.959963984540054


def wilson_limits(hits: int, tries: int) -> tuple[float, float]:
    """The shares from which the observed one lies just 1.96 of their own standard errors away."""
    observed = hits / tries

    def away(share: float) -> float:
        return abs(observed - share) - DEVIATIONS * math.sqrt(share * (1 - share) / tries)

    low = 0.0 if hits == 0 else _root(away, 1e-12, observed)
    high = 1.0 if hits == tries else _root(away, 1 - 1e-12, observed)
    return low, high


def _root(of: Callable[[float], float], outside: float, inside: float) -> float:
    for _ in range(200):
        middle = (outside + inside) / 2
        outside, inside = (middle, inside) if of(middle) > 0 else (outside, middle)
    return (outside + inside) / 2
