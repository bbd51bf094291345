"""Text that a spreadsheet shows, and never runs."""

from typing import TYPE_CHECKING

from publish.copy import Table, quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# What makes Excel, LibreOffice and Google Sheets take a text for a formula, also after a tab or a break.
DANGEROUS = "['=', '+', '-', '@', chr(9), chr(13), chr(10)]"


def query(connection: "DuckDBPyConnection", table: Table) -> str:
    """The rows of a published table, in order, with an apostrophe before texts that begin like a formula.

    Numbers, instants and truth values are left as they are: a negative number is no formula.
    """
    listed = "duckdb_columns() where database_name = ? and schema_name = ? and table_name = ?"
    columns = connection.execute(
        f"select column_name, data_type from {listed} order by column_index",
        [table.catalog, table.schema, table.name],
    ).fetchall()
    picked = ", ".join(_safe(name) if kind == "VARCHAR" else quoted(name) for name, kind in columns)
    return f"select {picked} from {table.source}"


def _safe(column: str) -> str:
    name = quoted(column)
    begins = f"list_contains({DANGEROUS}, left({name}, 1))"
    return f"case when {begins} then chr(39) || {name} else {name} end as {name}"
