"""What the funnel costs: the agreement's spend file as `raw_agreement.spend`."""

import csv
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from agreement import Agreement
from errors import UsageProblem
from project import Project

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = ("day", "source", "campaign", "cost")


def spend(agreement: Agreement, project: Project) -> "pa.Table":
    """One row per line of the spend file, in its order; none if the agreement names no file.

    `day` is a day of the agreement's time zone, `source` one of its sources, `cost` in its currency;
    `campaign` may be empty.

    Raises:
        UsageProblem: the file is missing, lacks a column, or some lines do not fit: all of them are named.
    """
    import pyarrow as pa

    schema = pa.schema(
        [
            ("day", pa.date32()),
            ("source", pa.string()),
            ("campaign", pa.string()),
            ("cost", pa.decimal128(28, 6)),
        ]
    )
    rows = _read(project, agreement.spend_file) if agreement.spend_file else []
    return pa.Table.from_pylist(rows, schema=schema)


def _read(project: Project, name: str) -> list[dict[str, Any]]:
    try:
        with (project.root / name).open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            lacking = [column for column in COLUMNS if column not in (reader.fieldnames or [])]
            lines = [(reader.line_num, line) for line in reader]
    except OSError as error:
        raise UsageProblem(
            f"The agreement's spend file '{name}' cannot be read: {error.strerror}. "
            "Put it into the project folder, or take `spend` out of the agreement."
        ) from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageProblem(f"The spend file '{name}' is not UTF-8 text with commas: {error}.") from None
    if lacking:
        raise UsageProblem(f"The spend file '{name}' lacks {', '.join(lacking)} in its first line.")
    return _typed(name, lines)


def _typed(name: str, lines: list[tuple[int, dict[str, Any]]]) -> list[dict[str, Any]]:
    rows, wrong = [], []
    for number, line in lines:
        try:
            rows.append(_row(line))
        except (ValueError, InvalidOperation) as error:
            wrong.append(f"line {number}: {error}")
    if wrong:
        raise UsageProblem(f"The spend file '{name}' has lines that do not fit: " + "; ".join(wrong) + ".")
    return rows


def _row(line: dict[str, Any]) -> dict[str, Any]:
    day, source, campaign, cost = ((line[column] or "").strip() for column in COLUMNS)
    if not source:
        raise ValueError("the source is empty")
    try:
        amount = round(Decimal(cost), 6)
    except InvalidOperation:
        raise ValueError(f"'{cost}' is not an amount") from None
    if not amount.is_finite() or amount < 0:
        raise ValueError(f"'{cost}' is not an amount")
    return {"day": date.fromisoformat(day), "source": source, "campaign": campaign or None, "cost": amount}
