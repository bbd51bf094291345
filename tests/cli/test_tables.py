"""Rows as people and programs read them."""

import csv
import io
import json
from datetime import datetime
from decimal import Decimal

import pytest

from commands.table import print_rows

NAMES = ("lead_id", "rule", "first_seen_at", "rate")
ROWS = [
    ("4711", "mql_reachable", datetime(2026, 11, 24, 20, 0, 0, 5000), Decimal("0.125")),
    ("=1+1", "@sum", None, None),
]


def test_a_table_is_aligned(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(NAMES, ROWS, "table")
    assert capsys.readouterr().out.splitlines() == [
        "lead_id  rule           first_seen_at      rate",
        "-------  -------------  ----------------  -----",
        "4711     mql_reachable  2026-11-24 20:00  0.125",
        "=1+1     @sum",
    ]


def test_a_table_without_rows_shows_its_names(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(NAMES, [], "table")
    assert capsys.readouterr().out.splitlines()[0] == "lead_id  rule  first_seen_at  rate"


def test_a_control_character_does_not_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(("observed",), [("\x1b[31mred\nline",)], "table")
    assert capsys.readouterr().out.splitlines()[2] == " [31mred line"


def test_csv_runs_no_formula(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(NAMES, ROWS, "csv")
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows == [
        list(NAMES),
        ["4711", "mql_reachable", "2026-11-24T20:00:00.005Z", "0.125"],
        ["'=1+1", "'@sum", "", ""],
    ]


def test_json_is_a_list_of_objects(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(NAMES, ROWS, "json")
    first, second = json.loads(capsys.readouterr().out)
    assert first == {
        "lead_id": "4711",
        "rule": "mql_reachable",
        "first_seen_at": "2026-11-24T20:00:00.005Z",
        "rate": 0.125,
    }
    assert second["lead_id"] == "=1+1"
