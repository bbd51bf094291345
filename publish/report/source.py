"""Where a report's figures come from: SQL files, run on the publication's own DuckDB file."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

QUERIES = Path(__file__).parent / "queries"
Row = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """A publication's file, open for reading. `parameters` may be named in any query as `$name`.

    Always there: `as_of` (*now* of the marts, UTC), `timezone`, `local_now` (the same instant as its clocks
    show it) and `stages` (of the agreement, in order).
    """

    connection: "DuckDBPyConnection"
    parameters: dict[str, Any]

    @cached_property
    def tables(self) -> frozenset[str]:
        """Tables of the publication, as `marts.leads`."""
        query = "select table_schema || '.' || table_name from information_schema.tables"
        return frozenset(name for (name,) in self.connection.execute(query).fetchall())

    def has(self, *tables: str) -> bool:
        """Whether all of `tables` were published: a section without its table is not shown."""
        return self.tables.issuperset(tables)

    def rows(self, query: str, **parameters: Any) -> list[Row]:
        """The rows of `queries/<query>.sql`, in the order it gives."""
        text = _text(query)
        known = self.parameters | parameters
        wanted = set(re.findall(r"\$(\w+)", text))
        answer = self.connection.execute(text, {name: known[name] for name in wanted})
        names = [column[0] for column in answer.description or ()]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def row(self, query: str, **parameters: Any) -> Row:
        """The only row of a query that always gives one."""
        return self.rows(query, **parameters)[0]


NO_OWNERS = (
    "create temp view owner_names as select null as owner_id, null as owner_name, null as owner_team limit 0"
)


@contextmanager
def open_source(database: Path, as_of: datetime, timezone: str, stages: list[str]) -> Iterator[Source]:
    """Open the publication's file read-only, its session in UTC."""
    import duckdb

    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute("set variable timezone = ?", [timezone])
        local_now = as_of.replace(tzinfo=UTC).astimezone(ZoneInfo(timezone)).replace(tzinfo=None)
        source = Source(
            connection, {"as_of": as_of, "timezone": timezone, "local_now": local_now, "stages": stages}
        )
        _name_shared_views(source)
        yield source


def _name_shared_views(source: Source) -> None:
    """Where there are no marts, owners have no names and there are no handoffs to count."""
    if source.has("marts.leads"):
        source.connection.execute(_text("owner_names"))
    else:
        source.connection.execute(NO_OWNERS)
    if source.has("marts.leads", "marts.lead_handoffs"):
        source.connection.execute(_text("counted_handoffs"))


def _text(query: str) -> str:
    return (QUERIES / f"{query}.sql").read_text(encoding="utf-8")
