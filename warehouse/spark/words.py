"""Names, texts and tables as Spark's SQL writes them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

Said = Mapping[str, str]
"""What is said of a table (under no name) and of its columns."""


def quoted(name: str) -> str:
    """An identifier."""
    return "`" + name.replace("`", "``") + "`"


def literal(text: str) -> str:
    """A string."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def create_table(session: Any, place: str, schema: "pa.Schema", folder: "Path") -> None:
    """Let the cluster know the Parquet files in `folder` as the table `place`."""
    shape = ", ".join(f"{quoted(field.name)} {_kind(field)}" for field in schema)
    session.sql(f"create table {place} ({shape}) using parquet location {literal(folder.as_uri())}")


def create_view(session: Any, place: str, columns: list[str], said: Said, source: str) -> None:
    """Make the view, or point it to `source`, a table with these columns."""
    named = ", ".join(quoted(name) + _comment(said.get(name)) for name in columns)
    session.sql(f"create or replace view {place} ({named}){_comment(said.get(''))} as select * from {source}")


def _comment(text: str | None) -> str:
    return f" comment {literal(text)}" if text else ""


def _kind(field: "pa.Field") -> str:
    """Spark's type. Instants are of a session in UTC."""
    import pyarrow as pa
    from pyspark.sql.pandas.types import from_arrow_type

    if pa.types.is_timestamp(field.type):
        return "timestamp"
    kind: str = from_arrow_type(field.type).simpleString()
    return kind
