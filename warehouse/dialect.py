"""DuckDB as SQLAlchemy must see it for Great Expectations: cursors that are read before they are closed.

Great Expectations fetches a result after it has closed the connection, and stock duckdb-engine then finds an
empty row. This dialect reads the whole result at once. It leans on SQLAlchemy's internals: the versions
are pinned exactly, and a test fails when one of them moves.
"""

from typing import TYPE_CHECKING, Any

import duckdb_engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg2 import PGExecutionContext_psycopg2
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy

if TYPE_CHECKING:
    import duckdb

NAME = "duckdb+buffered"
"""What a connection string starts with to get this dialect."""


class BufferedContext(PGExecutionContext_psycopg2):
    """Reads every row as soon as the statement has run."""

    def post_exec(self) -> None:
        """Swap the cursor for the rows it holds."""
        super().post_exec()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
        if self.cursor is not None and self.cursor.description:
            rows = self.cursor.fetchall()
            self.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(
                self.cursor, self.cursor.description, rows
            )


class BufferedDialect(duckdb_engine.Dialect):
    """duckdb-engine's dialect with buffered results."""

    driver = "buffered"
    supports_statement_cache = False
    execution_ctx_cls = BufferedContext


def register() -> None:
    """Make the dialect known under `NAME`; harmless when repeated."""
    registry.register("duckdb.buffered", __name__, BufferedDialect.__name__)


def shared(connection: "duckdb.DuckDBPyConnection", schema: str) -> Any:
    """A DB-API connection on the database that `connection` has open: no second opening of the file.

    `schema` becomes the default: Great Expectations forgets a table's schema where it asks for column types.
    """
    cursor = connection.cursor()
    cursor.execute("set timezone = 'UTC'")
    cursor.execute(f"set schema = '{schema}'")
    return duckdb_engine.ConnectionWrapper(cursor)
