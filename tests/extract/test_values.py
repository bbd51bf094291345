"""Strings become typed columns exactly, or are told to be unfit."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.values import Kind, typed


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("text", "", ""),
        ("text", "x" * 65_000, "x" * 65_000),
        ("number", "9007199254740993", Decimal("9007199254740993")),
        (
            "number",
            "1234567890123456789012345678.0123456789",
            Decimal("1234567890123456789012345678.0123456789"),
        ),
        ("number", "1.5E7", Decimal(15_000_000)),
        ("number", "0.200000000000000", Decimal("0.2")),
        ("number", " 7 ", Decimal(7)),
        ("bool", "true", True),
        ("bool", "FALSE", False),
        ("date", "2024-02-29", date(2024, 2, 29)),
        ("date", "1709164800000", date(2024, 2, 29)),
        ("datetime", "2026-11-24T20:00:00Z", datetime(2026, 11, 24, 20)),
        ("datetime", "2026-11-24T20:00:00.123Z", datetime(2026, 11, 24, 20, 0, 0, 123_000)),
        ("datetime", "2026-11-25T06:00:00.123+10:00", datetime(2026, 11, 24, 20, 0, 0, 123_000)),
        ("datetime", "1795550400123", datetime(2026, 11, 24, 20, 0, 0, 123_000)),
    ],
)
def test_a_value_that_fits_keeps_its_meaning(kind: Kind, value: str, expected: object) -> None:
    array, unfit = typed([None, value], kind)
    assert array.to_pylist() == [None, expected]
    assert unfit == []


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("number", ""),
        ("number", "12 apples"),
        ("number", "NaN"),
        ("number", "Infinity"),
        ("number", "0.30000000000000004"),
        ("number", "1e30"),
        ("bool", "yes"),
        ("bool", ""),
        ("date", "2026-02-30"),
        ("date", "2026-11-24T20:00:00Z"),
        ("datetime", "soon"),
        ("datetime", "99999999999999999999"),
    ],
)
def test_a_value_that_does_not_fit_is_told_and_harms_no_other(kind: Kind, value: str) -> None:
    good = {"number": "1", "bool": "true", "date": "2026-01-01", "datetime": "2026-01-01T00:00:00Z"}[kind]
    array, unfit = typed([good, value, None, good], kind)
    assert unfit == [1]
    assert array.is_null().to_pylist() == [False, True, True, False]


@given(
    st.lists(
        st.one_of(st.none(), st.decimals(allow_nan=False, allow_infinity=False, places=10, max_value=10**27))
    )
)
def test_decimals_are_exact(numbers: list[Decimal | None]) -> None:
    array, unfit = typed([None if number is None else str(number) for number in numbers], "number")
    assert unfit == []
    assert array.to_pylist() == numbers


@given(st.lists(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1))))
def test_instants_come_back_to_the_microsecond(instants: list[datetime]) -> None:
    array, unfit = typed([instant.replace(tzinfo=UTC).isoformat() for instant in instants], "datetime")
    assert unfit == []
    assert array.to_pylist() == instants
    assert array.type == pa.timestamp("us")


@given(st.lists(st.one_of(st.none(), st.text())), st.sampled_from(["number", "bool", "date", "datetime"]))
def test_no_text_ends_the_run_and_nothing_is_lost(texts: list[str | None], kind: Kind) -> None:
    array, unfit = typed(texts, kind)
    assert len(array) == len(texts)
    lost = [at for at, text in enumerate(texts) if text is not None and array[at].as_py() is None]
    assert lost == unfit
