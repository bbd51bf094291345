"""What a table is like, on either side, and the same type in the other's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

SAME = {
    "text": "varchar",
    "character varying": "varchar",
    "double precision": "double",
    "real": "float",
    "timestamp without time zone": "timestamp",
    "timestamp with time zone": "timestamptz",
    "jsonb": "varchar",
    "json": "varchar",
    "numeric": "decimal(38, 10)",
}
TO_POSTGRES = {
    "VARCHAR": "text",
    "DOUBLE": "double precision",
    "FLOAT": "real",
    "TIMESTAMP WITH TIME ZONE": "timestamptz",
    "HUGEINT": "numeric(38, 0)",
    "UBIGINT": "numeric(20, 0)",
    "TINYINT": "smallint",
    "BLOB": "bytea",
}


@dataclass(frozen=True)
class Column:
    """Its type as DuckDB says it."""

    name: str
    kind: str
    may_be_null: bool = True
    comment: str | None = None

    @property
    def in_postgres(self) -> str:
        """Its type as PostgreSQL says it."""
        return TO_POSTGRES.get(self.kind.upper(), self.kind)


def postgres_tables(session: Any, schema: str, *, views: bool = True) -> list[str]:
    """Tables, and views unless told otherwise, of a schema, by name."""
    rows = session.execute(
        "select table_name, table_type from information_schema.tables where table_schema = ?"
        " order by table_name",
        [schema],
    ).fetchall()
    return [name for name, kind in rows if views or kind == "BASE TABLE"]


def postgres_columns(session: Any, schema: str, table: str) -> list[Column]:
    """The columns of a table or view of the server."""
    rows = session.execute(
        "select a.attname, format_type(a.atttypid, a.atttypmod), not a.attnotnull,"
        " col_description(a.attrelid, a.attnum) from pg_attribute as a"
        " inner join pg_class as c on c.oid = a.attrelid"
        " inner join pg_namespace as n on n.oid = c.relnamespace"
        " where n.nspname = ? and c.relname = ? and a.attnum > 0 and not a.attisdropped order by a.attnum",
        [schema, table],
    ).fetchall()
    return [Column(name, _in_duckdb(kind), null, comment) for name, kind, null, comment in rows]


def postgres_comment(session: Any, schema: str, table: str) -> str | None:
    """What is said of the table."""
    found = session.execute(
        "select obj_description(c.oid, 'pg_class') from pg_class as c"
        " inner join pg_namespace as n on n.oid = c.relnamespace where n.nspname = ? and c.relname = ?",
        [schema, table],
    ).fetchone()
    return found[0] if found else None


def duckdb_tables(connection: Any, schemas: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """Schemas and names of the tables in a DuckDB session's own catalog."""
    rows = connection.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = current_database()"
        " and not temporary order by 1, 2"
    ).fetchall()
    return [(schema, name) for schema, name in rows if schemas is None or schema in schemas]


def duckdb_columns(connection: Any, schema: str, table: str) -> list[Column]:
    """The columns of a table in a DuckDB session's own catalog."""
    rows = connection.execute(
        "select column_name, data_type, is_nullable, comment from duckdb_columns()"
        " where database_name = current_database() and schema_name = ? and table_name = ?"
        " order by column_index",
        [schema, table],
    ).fetchall()
    return [Column(*row) for row in rows]


def duckdb_comment(connection: Any, schema: str, table: str) -> str | None:
    """What is said of the table."""
    found = connection.execute(
        "select comment from duckdb_tables() where database_name = current_database()"
        " and schema_name = ? and table_name = ?",
        [schema, table],
    ).fetchone()
    return found[0] if found else None


def _in_duckdb(kind: str) -> str:
    base, bracket, rest = kind.partition("(")
    if base.strip() in ("character varying", "character"):
        return "varchar"
    return SAME.get(kind, kind) if not bracket else f"{base}({rest}"
