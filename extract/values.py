"""The CRM's values are strings: whole columns of them become typed ones, and misfits are told."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation, localcontext
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from extract.instants import from_milliseconds

Kind = Literal["text", "number", "bool", "date", "datetime"]

INSTANT = pa.timestamp("us")  # naive, UTC
_AWARE = pa.timestamp("us", "UTC")
_TYPES: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "number": pa.decimal128(38, 10),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "datetime": INSTANT,
}
_KINDS: dict[str, Kind] = {"number": "number", "bool": "bool", "date": "date", "datetime": "datetime"}
_BOOLS = {"true": True, "false": False}
_EPOCH = re.compile(r"-?\d{5,}")  # milliseconds; shorter ones would be years


def kind_of(property_type: str) -> Kind:
    """The kind of column a HubSpot property type gets; whatever is not listed stays text."""
    return _KINDS.get(property_type, "text")


def arrow_type(kind: Kind) -> pa.DataType:
    """The Arrow type of a kind of column."""
    return _TYPES[kind]


def typed(values: Sequence[str | None] | pa.Array, kind: Kind) -> tuple[pa.Array, list[int]]:
    """The values as one typed array, and the positions of those that did not fit (null in the array).

    An empty string fits text alone. A number fits if decimal(38,10) holds it exactly.
    """
    texts = strings(values)
    if kind == "text":
        return texts, []
    if texts.null_count == len(texts):
        return pa.nulls(len(texts), _TYPES[kind]), []
    try:
        return _in_bulk(texts, kind), []
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return _one_by_one(texts.to_pylist(), kind)


def instants(values: Sequence[str | None] | pa.Array) -> pa.Array:
    """The CRM's own time stamps (created, archived, revised), which always fit."""
    array, unfit = typed(values, "datetime")
    if unfit:
        raise ValueError(f"'{values[unfit[0]]}' is not an instant")
    return array


def strings(values: Sequence[Any] | pa.Array) -> pa.Array:
    """The values as an array of texts, whatever they are."""
    if isinstance(values, pa.Array):
        return values
    try:
        return pa.array(values, pa.string())
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        return pa.array([None if value is None else str(value) for value in values], pa.string())


def _in_bulk(texts: pa.Array, kind: Kind) -> pa.Array:
    if kind == "datetime":
        return pc.cast(pc.cast(texts, _AWARE), INSTANT)
    if kind == "bool":
        if not pc.all(pc.is_in(texts, value_set=pa.array([*_BOOLS, None], pa.string()))).as_py():
            raise pa.ArrowInvalid("not all true or false")
        return pc.equal(texts, "true")
    return pc.cast(texts, _TYPES[kind])


def _one_by_one(texts: list[str | None], kind: Kind) -> tuple[pa.Array, list[int]]:
    read = _READERS[kind]
    unfit: list[int] = []
    found: list[Any] = []
    for position, text in enumerate(texts):
        try:
            found.append(None if text is None else read(text.strip()))
        except (ValueError, OverflowError, InvalidOperation):
            found.append(None)
            unfit.append(position)
    return pa.array(found, _TYPES[kind]), unfit


def _number(text: str) -> Decimal:
    number = Decimal(text)
    with localcontext(prec=100):
        held = number.quantize(Decimal("1e-10")) if number.is_finite() else number
    if held != number or not number.is_finite() or abs(number) >= Decimal("1e28"):
        raise ValueError("decimal(38,10) does not hold it exactly")
    return held


def _bool(text: str) -> bool:
    try:
        return _BOOLS[text.lower()]
    except KeyError:
        raise ValueError("neither true nor false") from None


def _datetime(text: str) -> datetime:
    if _EPOCH.fullmatch(text):
        return from_milliseconds(int(text))
    instant = datetime.fromisoformat(text)
    return instant.astimezone(UTC).replace(tzinfo=None) if instant.tzinfo else instant


def _date(text: str) -> date:
    instant = _datetime(text)
    if instant.time() != datetime.min.time():
        raise ValueError("an instant, not a day")
    return instant.date()


_READERS: dict[Kind, Callable[[str], Any]] = {
    "number": _number,
    "bool": _bool,
    "date": _date,
    "datetime": _datetime,
}
