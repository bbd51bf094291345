"""A publication's file, open for reading: rows as dictionaries, and tables that may not be there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from publish.explain.story import Row
from publish.publication import Publication

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Reading:
    """One publication. A refused one may have no marts, an older one not all of today's tables."""

    connection: "DuckDBPyConnection"

    @cached_property
    def tables(self) -> frozenset[str]:
        """What it has, as `marts.leads`."""
        query = "select table_schema || '.' || table_name from information_schema.tables"
        return frozenset(name for (name,) in self.connection.execute(query).fetchall())

    def of(self, table: str, lead_id: str, order: str) -> list[Row]:
        """The lead's rows of `table`; none where the table was not published."""
        if table not in self.tables:
            return []
        return self.rows(f"select * from {table} where lead_id = ? order by {order}", lead_id)

    def rows(self, query: str, *values: Any) -> list[Row]:
        """The rows of `query`."""
        found = self.connection.execute(query, list(values))
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    @cached_property
    def owners(self) -> dict[str, str]:
        """What each owner is called, as the marts say it."""
        named = [table for table in ("marts.leads", "marts.lead_owners") if table in self.tables]
        parts = [f"select owner_id, owner_name from {table}" for table in named]
        if not parts:
            return {}
        query = (
            f"select owner_id, min(owner_name) as name from ({' union all '.join(parts)}) group by owner_id"
        )
        return {row["owner_id"]: row["name"] for row in self.rows(query) if row["owner_id"] and row["name"]}

    def who(self, by: str | None) -> str | None:
        """The owner's name; else what stands there: an id, or what in the CRM did it (IMPORT, ...)."""
        return self.owners.get(by, by) if by else None


@contextmanager
def opened(publication: Publication) -> Iterator[Reading]:
    """Read `publication` for the time of the block, its session in UTC."""
    import duckdb

    with duckdb.connect(str(publication.database), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        yield Reading(connection)
