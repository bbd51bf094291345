"""Chance without a pen: the same question has the same answer, in whatever order it is asked."""

_MASK = (1 << 64) - 1


def share(*asked: int) -> float:
    """A number from 0 to 1 (exclusive) that belongs to these integers; the last steps are splitmix64's."""
    state = 0
    for each in asked:
        state = (state ^ (each & _MASK)) * 0x9E3779B97F4A7C15 & _MASK
        state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 & _MASK
        state = (state ^ (state >> 27)) * 0x94D049BB133111EB & _MASK
        state ^= state >> 31
    return (state >> 11) / (1 << 53)
