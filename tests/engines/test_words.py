"""The rooms' SQL means the same on both engines: casts that may fail, parameters, replaced tables, hashes."""

from pathlib import Path
from typing import Any

import pytest

from expectations.observed import hashed, remember_key
from privacy import pseudonym
from project import Project
from tests.engines.server import Server
from warehouse import Warehouse, open_warehouse
from warehouse.postgres.translation import in_postgres

TEXTS = (
    "12", "12.5", "-3", " 7 ", "1e3", "1.5E-2", ".5", "5.", "+4", "2.5", "-2.5", "abc", "", "12abc", "NaN",
    "99999999999999999999999999999", "true", "False", "t", "F", "yes", "n", "on", "1", "0", "2",
    "2026-11-01", "2026-1-1", "2026/11/01", "2026-13-01", "2026-02-30", "2026-11-01 10:00",
    "2026-11-01T10:00:00Z", "2026-11-01 10:00:00+10", "2026-11-01T10:00:00.1234567+02:30", "01/11/2026",
    "now", "today", "yesterday", "12:30", "1795000000000", "-1795000000000", "naïve", None,
)  # fmt: skip
KINDS = ("string", "integer", "number", "boolean", "datetime", "date")


@pytest.fixture
def engines(server: Server, tmp_path: Path) -> tuple[Warehouse, Warehouse]:
    server.write_profiles(tmp_path, "words")
    return open_warehouse(Project(tmp_path)), open_warehouse(Project(tmp_path, "postgres"))


def answers(warehouse: Warehouse, expression: str, given: list[Any]) -> list[Any]:
    """What an expression over `value` gives for each of `given`."""
    with warehouse.connect() as connection:
        connection.execute("create or replace table given (place integer, value varchar)")
        connection.executemany("insert into given values (?, ?)", list(enumerate(given)))
        return [a for (a,) in connection.execute(f"select {expression} from given order by place").fetchall()]


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_fits_a_type_on_both_or_on_neither(engines: tuple[Warehouse, Warehouse], kind: str) -> None:
    ours, servers = (answers(one, one.typed("value", kind), list(TEXTS)) for one in engines)
    assert dict(zip(TEXTS, servers, strict=True)) == dict(zip(TEXTS, ours, strict=True))
    assert any(answer is not None for answer in ours)


def test_hashes_are_the_same_everywhere(engines: tuple[Warehouse, Warehouse]) -> None:
    key, given = b"0123456789abcdef" * 5, ["Ada@Example.com ", "ünal@example.com", " ", None]
    for warehouse in engines:
        with warehouse.connect() as connection:
            remember_key(connection, key)
            connection.execute("create or replace table given (place integer, value varchar)")
            connection.executemany("insert into given values (?, ?)", list(enumerate(given)))
            found = connection.execute(f"select {hashed('value')} from given order by place").fetchall()
        assert [one for (one,) in found] == [pseudonym(str(one), key) for one in given[:2]] + [None, None]


def test_a_table_may_be_replaced_by_what_is_made_from_itself(engines: tuple[Warehouse, Warehouse]) -> None:
    for warehouse in engines:
        with warehouse.connect() as connection:
            for temporary in ("", "temp "):
                connection.execute(f"create or replace {temporary}table numbers as select 1 as n")
                for _ in range(2):
                    connection.execute(
                        f"create or replace {temporary}table numbers as select n + 1 as n from numbers"
                    )
                assert connection.execute("select n from numbers").fetchall() == [(3,)]


def test_marks_within_quotes_are_no_parameters() -> None:
    query = """select '?', "a?b", '50%' where x = ? and y like '%''?'"""
    expected = """select '?', "a?b", '50%%' where x = %s and y like '%%''?'"""
    assert in_postgres(query, has_parameters=True) == expected
    assert in_postgres(query, has_parameters=False) == query
