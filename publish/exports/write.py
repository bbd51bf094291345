"""Writes the wanted formats into the publication's folder `exports`."""

from pathlib import Path
from typing import TYPE_CHECKING

from publish.copy import Table, literal
from publish.exports import harmless, workbook
from publish.exports.wish import Exports

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FOLDER = "exports"


def write(connection: "DuckDBPyConnection", wanted: Exports, tables: list[Table], making: Path) -> None:
    """Write `exports/<schema>.<table>.<format>` for each table wanted and format.

    Args:
        connection: with the publication attached, its tables filled.
        wanted: formats and tables.
        tables: all that is published, as they are found in the publication.
        making: the publication's folder.

    Raises:
        UsageProblem: a table wanted is not published.
    """
    if not wanted.formats:
        return
    (making / FOLDER).mkdir(exist_ok=True)
    for table in wanted.chosen(tables):
        query = harmless.query(connection, table)
        for kind in wanted.formats:
            file = making / FOLDER / f"{table.label}.{kind}"
            if kind == "csv":
                connection.execute(f"copy ({query}) to {literal(file)} (format csv, header)")
            else:
                workbook.write(connection, table, query, file)
