"""What a history lets us say about a number: a value and its 95 % interval.

Shares get Wilson's score interval, means and medians the bootstrap. Products, quotients and sums of
independent estimates get the interval that their parts' intervals imply (MOVER: the distances from value
to limits add up as squares; for products, on the logarithms). Nothing here depends on chance beyond the
bootstrap, and that begins from a fixed seed.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

Z = 1.959963984540054  # the 97.5 % point of the normal distribution
RESAMPLES = 4000
SEED = 20_261_124
CELLS = 4_000_000  # drawn at once: what keeps a long history out of memory


@dataclass(frozen=True)
class Estimate:
    """A value and the limits that hold it with 95 % confidence."""

    value: float
    low: float
    high: float

    def times(self, number: float) -> "Estimate":
        """Of a number that is known exactly and not negative."""
        return Estimate(self.value * number, self.low * number, self.high * number)


def wilson(hits: int, tries: int) -> Estimate:
    """The share of `hits` among `tries`, of which there is at least one."""
    share, spread = hits / tries, Z * Z / tries
    centre = (share + spread / 2) / (1 + spread)
    reach = math.sqrt(spread * share * (1 - share) + spread * spread / 4) / (1 + spread)
    return Estimate(share, max(0.0, centre - reach), min(1.0, centre + reach))


def per(ones: int, others: int) -> Estimate | None:
    """How many `ones` there are for each of `others`, with which they mostly come; None if either is missing.

    The rarer kind is taken as a share of the more frequent.
    """
    if not ones or not others:
        return None
    if ones <= others:
        return wilson(ones, others)
    share = wilson(others, ones)
    return Estimate(ones / others, 1 / share.high, 1 / share.low)


def mean(values: Sequence[float]) -> Estimate:
    """The mean of at least one value: studentised, which stays honest for few and lopsided values."""
    import numpy as np

    seen = np.asarray(values, dtype=float)
    value, error = (
        float(seen.mean()),
        float(seen.std(ddof=1)) / math.sqrt(len(seen)) if len(seen) > 1 else 0.0,
    )
    if error == 0:
        return Estimate(value, value, value)

    def deviations(drawn: np.ndarray) -> np.ndarray:
        errors = drawn.std(axis=1, ddof=1) / math.sqrt(len(seen))
        away: np.ndarray = (drawn.mean(axis=1) - value)[errors > 0] / errors[errors > 0]
        return away

    low, high = _limits(seen, deviations)
    return Estimate(value, max(value - high * error, float(seen.min())), value - low * error)


def median(values: Sequence[float]) -> Estimate:
    """The median of at least one value."""
    import numpy as np

    seen = np.asarray(values, dtype=float)
    return Estimate(float(np.median(seen)), *_limits(seen, lambda drawn: np.median(drawn, axis=1)))


def _limits(seen: "np.ndarray", of: "Callable[[np.ndarray], np.ndarray]") -> tuple[float, float]:
    """Between which a statistic of resamples lies 95 times in 100; `of` gets one resample a row."""
    import numpy as np

    chance, n = np.random.default_rng(SEED), len(seen)
    at_once = max(1, CELLS // n)
    drawn = [
        of(seen[chance.integers(0, n, (min(at_once, RESAMPLES - done), n))])
        for done in range(0, RESAMPLES, at_once)
    ]
    low, high = np.quantile(np.concatenate(drawn), [0.025, 0.975])
    return float(low), float(high)


def quotient(times: Iterable[Estimate], over: Iterable[Estimate]) -> Estimate | None:
    """The product of `times` over that of `over`; None if any of them may be nothing at all."""
    up, down = list(times), list(over)
    if any(one.low <= 0 for one in (*up, *down)):
        return None
    value = math.prod(one.value for one in up) / math.prod(one.value for one in down)
    below = [math.log(one.value / one.low) for one in up] + [math.log(one.high / one.value) for one in down]
    above = [math.log(one.high / one.value) for one in up] + [math.log(one.value / one.low) for one in down]
    return Estimate(value, value * math.exp(-math.hypot(*below)), value * math.exp(math.hypot(*above)))


def total(parts: Sequence[Estimate], *, together: bool) -> Estimate:
    """The sum. `together`: the parts share what is uncertain, so that all are off the same way at once."""
    value = sum(one.value for one in parts)
    add: Callable[..., float] = _sum if together else math.hypot
    low = value - add(*(one.value - one.low for one in parts))
    return Estimate(value, max(0.0, low), value + add(*(one.high - one.value for one in parts)))


def _sum(*numbers: float) -> float:
    return math.fsum(numbers)
