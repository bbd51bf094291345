"""What an engine says of a check that could not be made is published without anybody's values."""

import duckdb
import pytest

from expectations.engine_words import sayable


def _said(query: str) -> str:
    with pytest.raises(duckdb.Error) as failed:
        duckdb.execute(query).fetchall()
    return sayable(f"(_duckdb.SomeException) {failed.value}")


@pytest.mark.parametrize("kind", ["integer", "timestamp", "date", "boolean", "decimal(10, 2)"])
def test_no_value_is_told(kind: str) -> None:
    said = _said(f"select cast(email as {kind}) from (select 'jane@x.example' as email)")
    assert "jane" not in said
    assert "Error: " in said


@pytest.mark.parametrize("query", ["select surprise from (select 1 as one)", "from nowhere_at_all"])
def test_names_are_told(query: str) -> None:
    assert query.split()[1] in _said(query)


def test_another_engines_words_too() -> None:
    assert sayable('invalid input syntax for type integer: "jane"\nLINE 1') == (
        "invalid input syntax for type integer: '…'"
    )
    assert sayable('column "employees" does not exist') == 'column "employees" does not exist'
