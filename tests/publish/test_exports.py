"""Exports hold what was published, within what a spreadsheet can hold, and nothing that one would run."""

import csv
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

import publish
from errors import UsageProblem
from publish.copy import Table
from publish.exports import harmless, workbook
from tests.publish.conftest import Office
from tests.publish.folders import assert_complete

BEGINNINGS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1"]
Cells = list[list[Any]]


def _sheets(file: Path) -> dict[str, Cells]:
    book = openpyxl.load_workbook(file)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def _published(database: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_every_mart_in_both_formats_in_a_new_publication(office: Office) -> None:
    first = office.publish("1")
    made = office.publish("2", wanted=publish.Exports(("csv", "xlsx")))
    assert_complete(made.path)
    assert not (first.path / "exports").exists()
    marts = "select table_name from duckdb_tables() where schema_name = 'marts'"
    names = {f"marts.{name}" for (name,) in _published(made.database, marts)}
    assert {path.name for path in (made.path / "exports").iterdir()} == {
        f"{name}.{kind}" for name in names for kind in ("csv", "xlsx")
    }
    leads = _published(made.database, "select lead_id, employees, created_at from marts.leads")
    with (made.path / "exports" / "marts.leads.csv").open(encoding="utf-8", newline="") as file:
        assert [(row["lead_id"], int(row["employees"])) for row in csv.DictReader(file)] == [
            row[:2] for row in leads
        ]
    head, *rows = _sheets(made.path / "exports" / "marts.leads.xlsx")["leads"]
    columns = [head.index(name) for name in ("lead_id", "employees", "created_at")]
    assert [tuple(row[n] for n in columns) for row in rows] == leads


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_nothing_begins_like_a_formula(office: Office, kind: str) -> None:
    with office.warehouse.connect() as connection:
        for number, text in enumerate(BEGINNINGS):
            connection.execute(
                "update marts.leads set company_name = ? where lead_id = ?", [text, f"{7000 + number}"]
            )
        connection.execute("update marts.leads set employees = -5 where lead_id = '7001'")
    made = office.publish(wanted=publish.Exports((kind,), ("leads",)))
    file = made.path / "exports" / f"marts.leads.{kind}"
    if kind == "csv":
        with file.open(encoding="utf-8", newline="") as content:
            head, *rows = list(csv.reader(content))
    else:
        head, *rows = _sheets(file)["leads"]
        assert not [
            c for s in openpyxl.load_workbook(file) for r in s.iter_rows() for c in r if c.data_type == "f"
        ]
    company, employees = head.index("company_name"), head.index("employees")
    assert {f"'{text}" for text in BEGINNINGS if "\r" not in text} <= {row[company] for row in rows}
    assert not [row for row in rows if str(row[company] or "").startswith(tuple("=+-@\t\r\n"))]
    assert str(rows[1][employees]) == "-5"


def test_addresses_are_treated_in_exports(office: Office) -> None:
    made = office.publish(wanted=publish.Exports(("csv", "xlsx"), ("leads",)))
    assert "secret.example" not in (made.path / "exports" / "marts.leads.csv").read_text().lower()
    assert "secret.example" not in str(_sheets(made.path / "exports" / "marts.leads.xlsx")).lower()


def test_a_sheet_that_is_full_goes_on_in_the_next_and_says_so(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(
            "create table numbers as select range as n, repeat('x', 40000) as long from range(25)"
        )
        table = Table("memory", "main", "numbers")
        file = tmp_path / "numbers.xlsx"
        query = harmless.query(connection, table)
        workbook.write(connection, table, query, file, rows_per_sheet=11)
    sheets = _sheets(file)
    about = " ".join(str(row[0]) for row in sheets.pop("about"))
    assert "goes on over 3 sheets" in about
    assert [len(rows) for rows in sheets.values()] == [11, 11, 6]
    assert [row[0] for rows in sheets.values() for row in rows[1:]] == list(range(25))
    assert sheets["numbers (1)"][1][1].endswith("(cut: a cell holds no more)")
    assert len(sheets["numbers (1)"][1][1]) == workbook.CHARACTERS


def test_same_rows_make_the_same_workbook(office: Office) -> None:
    wanted = publish.Exports(("xlsx",), ("sla_compliance",))
    files = [office.publish(wanted=wanted).path / "exports" / "marts.sla_compliance.xlsx" for _ in range(2)]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_an_unknown_mart_is_refused_with_the_nearest(office: Office) -> None:
    office.publish("1")
    with pytest.raises(UsageProblem, match=r"Did you mean marts\.leads"):
        office.publish("2", wanted=publish.Exports(("csv",), ("lead",)))
    assert [made.publication_id for made in publish.history(office.project)] == ["1"]
