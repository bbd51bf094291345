"""A session of the lake, that rooms use as they use DuckDB's: what they wrote is on the path."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from warehouse.spark.catalog import Catalog, Name
from warehouse.spark.statements import creates, written_by

if TYPE_CHECKING:
    import duckdb


class Session:
    """Each statement is its own transaction unless `begin` says otherwise: then `commit` writes all tables.

    Tables are written one after the other, in the order in which they were first changed: whoever dies
    meanwhile leaves the first ones changed and the others as they were.
    """

    def __init__(self, catalog: Catalog) -> None:
        self.raw: duckdb.DuckDBPyConnection = catalog.cursor()
        self._catalog = catalog
        self._begun = False
        self._changed: dict[Name, bool] = {}  # whether the table is ours, with a shape to keep

    def execute(self, query: str, parameters: Any = None) -> Any:
        """Run one statement; what is returned has its rows."""
        word = query.strip().rstrip(";").lower()
        if word in ("begin", "begin transaction"):
            self._begun = True
        elif word in ("commit", "rollback"):
            return self._end(word)
        name = written_by(query)
        if name is None:
            return self.raw.execute(query, parameters)
        return self._write(name, query, lambda: self.raw.execute(query, parameters))

    def executemany(self, query: str, rows: Iterable[Any]) -> None:
        """Run one statement for each of `rows`; the table is written once."""
        name, given = written_by(query), list(rows)
        if name is None:
            self.raw.executemany(query, given)
        elif given:
            self._write(name, query, lambda: self.raw.executemany(query, given))

    def register(self, name: str, content: Any) -> None:
        """Let Arrow's memory be read as a table."""
        self.raw.register(name, content)

    def unregister(self, name: str) -> None:
        """Let go of it."""
        self.raw.unregister(name)

    def cursor(self) -> "duckdb.DuckDBPyConnection":
        """Another session of the same tables, which is only to read them."""
        return self._catalog.cursor()

    def _write(self, name: Name, query: str, work: Any) -> Any:
        with self._catalog.changing:
            alone = not self._begun
            if alone:
                self.raw.execute("begin")
                self._begun = True
            try:
                is_held = not creates(query) and self._catalog.hold(self.raw, name)
                result = work()
            except BaseException:
                if alone:
                    self._end("rollback")
                raise
            self._changed.setdefault(name, not is_held)
            if alone:
                self._end("commit")
            return result

    def _end(self, word: str) -> Any:
        changed, self._changed, self._begun = self._changed, {}, False
        result = self.raw.execute(word)
        if word == "commit":
            for name, has_shape in changed.items():
                self._catalog.store(self.raw, name, has_shape=has_shape)
        return result
