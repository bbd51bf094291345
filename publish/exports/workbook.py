"""One table as an Excel workbook, within what a sheet can hold, and saying so where that is less."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publish.copy import Table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

ROWS = 1_048_576  # of a sheet, the heading included
CHARACTERS = 32_767  # of a cell
CUT = " … (cut: a cell holds no more)"
LARGEST_EXACT = 2**53
BATCH = 5_000
NO_CLOCK = datetime(1980, 1, 1)  # the same rows make the same file


def write(
    connection: "DuckDBPyConnection", table: Table, query: str, file: Path, *, rows_per_sheet: int = ROWS
) -> None:
    """Write the rows of `query` to `file`: sheet after sheet, and first one that says what is in them.

    Text is written as text, whatever it looks like. Numbers that a spreadsheet would round are text as well.
    """
    import xlsxwriter

    options = {
        "constant_memory": True,
        "default_date_format": "yyyy-mm-dd hh:mm:ss",
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    total = connection.execute(f"select count(*) from ({query})").fetchall()[0][0]
    with xlsxwriter.Workbook(str(file), options) as workbook:
        workbook.set_properties({"created": NO_CLOCK})
        bold = workbook.add_format({"bold": True})
        body = rows_per_sheet - 1
        sheets = max(1, -(-total // body))
        _introduce(workbook, table, total, sheets, body)
        result = connection.execute(query)
        names = [column[0] for column in result.description or ()]
        rows = _rows(result)
        for number in range(1, sheets + 1):
            sheet = workbook.add_worksheet(table.name[:24] + (f" ({number})" if sheets > 1 else ""))
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, names, bold)
            _fill(sheet, rows, body)


def _introduce(workbook: "Workbook", table: Table, total: int, sheets: int, body: int) -> None:
    sheet = workbook.add_worksheet("about")
    said = [
        f"{table.label}: {total:,} rows. Instants are UTC.",
        "Texts that begin like a formula have an apostrophe before them.",
    ]
    if sheets > 1:
        said.append(f"A sheet holds {body + 1:,} rows, so the table goes on over {sheets} sheets.")
    for line, text in enumerate(said):
        sheet.write_string(line, 0, text)


def _rows(result: "DuckDBPyConnection") -> Iterator[tuple[Any, ...]]:
    while batch := result.fetchmany(BATCH):
        yield from batch


def _fill(sheet: "Worksheet", rows: Iterator[tuple[Any, ...]], most: int) -> None:
    for line in range(1, most + 1):
        row = next(rows, None)
        if row is None:
            return
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(line, column, _cell(value))


def _cell(value: Any) -> Any:
    if isinstance(value, str) and len(value) > CHARACTERS:
        return value[: CHARACTERS - len(CUT)] + CUT
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > LARGEST_EXACT:
        return str(value)
    return value
