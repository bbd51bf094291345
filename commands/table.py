"""Rows on stdout: aligned for people, CSV and JSON for programs."""

import csv
import io
import json
import shutil
import sys
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import click

Rows = Sequence[Sequence[Any]]

# A spreadsheet takes a cell that begins so for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def print_rows(names: Sequence[str], rows: Rows, form: str) -> None:
    """Print as `table`, `csv` or `json`."""
    {"table": print_table, "csv": print_csv, "json": print_json}[form](names, rows)


def print_table(names: Sequence[str], rows: Rows) -> None:
    """One aligned line a row, numbers to the right. On a terminal lines are cut to its width."""
    cells = [[shown(value) for value in row] for row in rows]
    widths = [max(len(name), *(len(row[i]) for row in cells), 0) for i, name in enumerate(names)]
    right = [
        bool(rows) and all(isinstance(row[i], int | float | Decimal | None) for row in rows)
        for i in range(len(names))
    ]
    for line in ([*names], ["-" * width for width in widths], *cells):
        padded = (c.rjust(w) if r else c.ljust(w) for c, w, r in zip(line, widths, right, strict=True))
        click.echo(_cut("  ".join(padded).rstrip()))


def _cut(line: str) -> str:
    columns = shutil.get_terminal_size().columns
    return f"{line[: columns - 1]}…" if sys.stdout.isatty() and len(line) > columns else line


def print_csv(names: Sequence[str], rows: Rows) -> None:
    """CSV with a header. Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_defused(value) for value in row] for row in rows)
    click.echo(out.getvalue(), nl=False)


def print_json(names: Sequence[str], rows: Rows) -> None:
    """A JSON list of objects; instants are ISO 8601 in UTC."""
    objects = [dict(zip(names, row, strict=True)) for row in rows]
    json.dump(objects, sys.stdout, indent=2, ensure_ascii=False, default=plain)
    click.echo()


def shown(value: Any) -> str:
    """`value` for people."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float | Decimal):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    # A control character from the CRM must not steer the terminal.
    return "".join(c if c.isprintable() else " " for c in str(value))


def plain(value: Any) -> Any:
    """`value` as JSON has it."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds") + "Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{type(value).__name__} has no JSON form.")


def _defused(value: Any) -> Any:
    if isinstance(value, datetime):
        return plain(value)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
