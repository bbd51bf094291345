"""What this portal has of what is declared: plans differ, and so do tokens."""

from dataclasses import dataclass
from functools import partial

from extract.conveyor import in_order
from extract.declaration import Object
from extract.definitions import Shape, read_shape
from extract.faults import Denied
from extract.reading import ADDRESS
from extract.source import Source


@dataclass(frozen=True)
class Offer:
    """The objects that can be read, in their declared order, and why the optional others cannot."""

    shapes: list[Shape]
    denied: dict[str, str]


def ask(source: Source) -> Offer:
    """Ask the portal for the definitions of all objects.

    Raises:
        CrmUnreadable: an object is lacking that is not optional.
    """
    answers = list(in_order(source.pool, partial(_ask, source), source.declared.objects))
    return Offer(
        [answer for answer in answers if isinstance(answer, Shape)],
        {
            one.name: answer.message
            for one, answer in zip(source.declared.objects, answers, strict=True)
            if isinstance(answer, Denied)
        },
    )


def _ask(source: Source, one: Object) -> Shape | Denied:
    """Definitions may be open to us where the records are not."""
    if not one.optional:
        return read_shape(source.client, one)
    try:
        source.client.get(f"{ADDRESS}{one.path}", {"limit": 1})
        return read_shape(source.client, one)
    except Denied as denied:
        return denied
