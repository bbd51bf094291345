"""The dialect leans on internals of exactly pinned versions: these tests fail when a pin moves."""

from importlib.metadata import version

import duckdb
import pytest
import sqlalchemy
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy

from warehouse import dialect

PINS = {
    "duckdb": "2.0.1",
    "duckdb-engine": "0.17.0",
    "great-expectations": "1.24.1",
    "pandas": "3.1.1",
    "sqlalchemy": "2.1.9",
}


@pytest.mark.parametrize(("package", "pinned"), sorted(PINS.items()))
def test_the_stack_is_the_one_that_was_measured(package: str, pinned: str) -> None:
    assert version(package) == pinned, f"{package} moved: run this room's tests, then move the pin here too"


def test_rows_can_be_fetched_after_the_connection_is_closed() -> None:
    dialect.register()
    with duckdb.connect() as connection:
        connection.execute("create schema s")
        connection.execute("create table s.t as select range as n from range(3)")
        engine = sqlalchemy.create_engine(
            f"{dialect.NAME}:///:memory:", creator=lambda: dialect.shared(connection, "s")
        )
        with engine.connect() as other:
            result = other.execute(sqlalchemy.text("select n from t order by n"))
        assert isinstance(result.cursor_strategy, FullyBufferedCursorFetchStrategy)
        assert [row[0] for row in result.fetchall()] == [0, 1, 2]
        assert connection.execute("select count(*) from s.t").fetchone() == (3,), "ours is still open"
