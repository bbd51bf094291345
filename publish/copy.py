"""Copies tables into a publication: DuckDB's file for SQL clients, Parquet for everything else."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from privacy import hash_blocks, pseudonym

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

STORAGE_VERSION = "v1.2.0"  # what BI clients back to DuckDB 1.2.2 can open
TARGET = "publication"
PSEUDONYM = "smarketing_pseudonym"
HASHING = "smarketing_hashing"
# Tables with a column that tells their rows apart: to sort by it is cheaper than to sort by all of them.
KEYS = {
    "audit.lead_quality_violations": "violation_id",
    "marts.deals": "deal_id",
    "marts.lead_clocks": "clock_id",
    "marts.lead_handoffs": "handoff_id",
    "marts.leads": "lead_id",
    "marts.touches": "touch_id",
}
# HMAC as DuckDB's own functions have it, for what is plain ASCII; a million addresses take a second of it.
HASHED = """
    case
        when {column} is null or {column} = '' then null
        when regexp_full_match({column}, '[ -~]*') then sha256(
            getvariable('smarketing_hashing_outer')
            || unhex(sha256(getvariable('smarketing_hashing_inner') || encode(lower(trim({column})))))
        )
        else smarketing_pseudonym({column})
    end as {column}
"""


@dataclass(frozen=True)
class Table:
    """A table or view to publish, in the attached database `catalog`."""

    catalog: str
    schema: str
    name: str

    @property
    def label(self) -> str:
        """As people say it: marts.leads."""
        return f"{self.schema}.{self.name}"

    @property
    def source(self) -> str:
        """Quoted, for a FROM clause."""
        return ".".join(quoted(part) for part in (self.catalog, self.schema, self.name))

    @property
    def published(self) -> "Table":
        """The same table in the publication's file."""
        return Table(TARGET, self.schema, self.name)

    @property
    def target(self) -> str:
        """Quoted, in the publication's file."""
        return ".".join(quoted(part) for part in (TARGET, self.schema, self.name))


def open_target(connection: "DuckDBPyConnection", file: Path, key: bytes) -> None:
    """Attach a new file as `publication`, with the schemas marts and audit, and teach the session to hash."""
    connection.execute(f"attach {literal(file)} as {TARGET} (storage_version '{STORAGE_VERSION}')")
    connection.execute(f"create schema {TARGET}.marts")
    connection.execute(f"create schema {TARGET}.audit")
    connection.create_function(PSEUDONYM, lambda value: pseudonym(value, key), ["VARCHAR"], "VARCHAR")
    for name, block in hash_blocks(key).items():
        connection.execute(f"set variable {HASHING}_{name} = ?", [block])


def working_catalog(connection: "DuckDBPyConnection") -> str:
    """What DuckDB calls the file that the connection was opened on."""
    return str(connection.execute("select current_database()").fetchall()[0][0])


def tables_of(connection: "DuckDBPyConnection", catalog: str, schema: str) -> list[Table]:
    """Every table and view of a schema, by name."""
    rows = connection.execute(
        """
        select table_name from information_schema.tables
        where table_catalog = ? and table_schema = ? order by table_name
        """,
        [catalog, schema],
    ).fetchall()
    return [Table(catalog, schema, name) for (name,) in rows]


def copy_table(
    connection: "DuckDBPyConnection",
    table: Table,
    treatments: Mapping[str, str],
    *,
    source: str | None = None,
) -> int:
    """Copy one table with its comments and NOT NULLs, its personal columns treated. Returns its rows.

    With `source`, a query with the same columns, those rows are taken instead of the table's, in their order.
    """
    columns = connection.execute(
        """
        select column_name, data_type, is_nullable, comment from duckdb_columns()
        where database_name = ? and schema_name = ? and table_name = ? order by column_index
        """,
        [table.catalog, table.schema, table.name],
    ).fetchall()
    shape = ", ".join(f"{quoted(n)} {kind}{'' if null else ' not null'}" for n, kind, null, _ in columns)
    picked = ", ".join(_treated(n, kind, treatments.get(n.lower(), "keep")) for n, kind, *_ in columns)
    connection.execute(f"create table {table.target} ({shape})")
    # Whatever the order they were built in: the same data publishes the same rows in the same order.
    key = KEYS.get(table.label)
    by = quoted(key) if key and key in {name for name, *_ in columns} else "all"
    rows = f"from ({source})" if source else f"from {table.source} order by {by}"
    connection.execute(f"insert into {table.target} select {picked} {rows}")
    _copy_comments(connection, table, [(name, comment) for name, _, _, comment in columns if comment])
    return count(connection, table)


def count(connection: "DuckDBPyConnection", table: Table) -> int:
    """Rows of the published table."""
    return int(connection.execute(f"select count(*) from {table.target}").fetchall()[0][0])


def export_parquet(connection: "DuckDBPyConnection", table: Table, folder: Path) -> None:
    """Write the published table to `<schema>.<table>.parquet` in `folder`."""
    file = folder / f"{table.label}.parquet"
    connection.execute(f"copy {table.target} to {literal(file)} (format parquet, compression zstd)")


def close_target(connection: "DuckDBPyConnection") -> None:
    """Write everything to the file and let go of it; no write-ahead log stays beside it."""
    connection.execute(f"checkpoint {TARGET}")
    connection.execute(f"detach {TARGET}")


def quoted(name: str) -> str:
    """`name` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: Path | str) -> str:
    """`value` as an SQL string."""
    return "'" + str(value).replace("'", "''") + "'"


def _treated(column: str, data_type: str, treatment: str) -> str:
    name = quoted(column)
    if treatment == "keep":
        return name
    if treatment == "hash" and data_type == "VARCHAR":
        return HASHED.format(column=name)
    return f"cast(null as {data_type}) as {name}"  # a number cannot hold a hash: nothing is shown instead


def _copy_comments(connection: "DuckDBPyConnection", table: Table, columns: list[tuple[str, str]]) -> None:
    described = connection.execute(
        """
        select comment from duckdb_tables() where database_name = $1 and schema_name = $2 and table_name = $3
        union all
        select comment from duckdb_views() where database_name = $1 and schema_name = $2 and view_name = $3
        """,
        [table.catalog, table.schema, table.name],
    ).fetchone()
    if described and described[0]:
        connection.execute(f"comment on table {table.target} is {literal(described[0])}")
    for column, comment in columns:
        connection.execute(f"comment on column {table.target}.{quoted(column)} is {literal(comment)}")
