"""What a reader of a plan must know before signing it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from planning.figures import ENOUGH, Figure, Figures

Told = Iterator[str]


def thin(parts: Mapping[str, Figures]) -> Told:
    """Figures that rest on few cases, even the whole company's."""
    for one in dict.fromkeys(one for figures in parts.values() for one in figures.all() if one.n < ENOUGH):
        whose = "the company" if one.of == "company" else _whose(one, parts)
        cases = f"{one.n} case{'' if one.n == 1 else 's'}"
        yield f"{one.name} of {whose} rests on {cases}: history is thin, and its range may be too narrow."


def _whose(one: Figure, parts: Mapping[str, Figures]) -> str:
    return ", ".join(segment for segment, figures in parts.items() if one in figures.all())


def borrowed(parts: Mapping[str, Figures]) -> Told:
    """Segments that use the company's figures."""
    for segment, figures in parts.items():
        names = [one.name for one in figures.all() if one.of == "company"]
        if names:
            yield f"{segment} has too few cases of its own, and uses the company's: {', '.join(names)}."


def unknown(missing: Sequence[str]) -> Told:
    """Needs that the history cannot say."""
    if missing:
        yield (
            f"History does not say how many are needed of {', '.join(missing)}: "
            "in the months that can be judged, none of them went on."
        )


def left_out(segments: Sequence[str]) -> Told:
    """Segments without any revenue."""
    if segments:
        yield f"{', '.join(segments)} won nothing in this time, and gets no share of the goal."


def late(due: Mapping[str, date], as_of: datetime) -> Told:
    """What should be there already."""
    past = [f"{what} by {day}" for what, day in due.items() if day <= as_of.date()]
    if past:
        yield f"Too late for the whole of this period: it takes {', '.join(past)}."
