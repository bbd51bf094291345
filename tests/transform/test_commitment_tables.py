"""Commitments, targets, waivers and conditions as tables."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from agreement import Agreement
from tests.transform.judging.made_up import signed_in
from transform.commitment_tables import commitment_targets, commitments, conditions, waivers


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Agreement:
    return signed_in(tmp_path_factory.mktemp("signed"))


def test_a_commitment_is_a_row_in_the_order_of_its_version(signed: Agreement) -> None:
    rows = commitments(signed).to_pylist()
    assert [row["position"] for row in rows if row["version"] == "second"] == [1, 2, 3, 4]
    by_name: dict[str, Any] = {row["commitment"]: row for row in rows if row["version"] == "first"}
    assert by_name["hot"] == {
        "version": "first",
        "position": 4,
        "commitment": "hot",
        "department": "sales",
        "measure": "respond",
        "period": "week",
        "stage": None,
        "count_by": "leads",
        "is_conditional": True,
        "within_amount": Decimal(30),
        "within_unit": "business_minutes",
        "clock_starts": "assignment",
        "attempts": None,
        "across_days": None,
        "share": Decimal("0.95"),
    }
    assert by_name["logos"]["count_by"] == "companies"
    assert (by_name["customers"]["stage"], by_name["customers"]["share"]) == ("customer", None)
    assert by_name["follow_up"]["attempts"] == 3


def test_targets_are_by_slice_and_period(signed: Agreement) -> None:
    rows = [tuple(row.values()) for row in commitment_targets(signed).to_pylist()]
    assert ("first", "volume", "all", None, Decimal(20)) in rows
    assert ("first", "volume", "segment=big", None, Decimal(5)) in rows
    assert [row for row in rows if row[1] == "customers"] == [
        ("first", "customers", "all", "2026-09", Decimal(18)),
        ("first", "customers", "all", "2026-11", Decimal(12)),
    ]
    assert not [row for row in rows if row[1] == "response"]


def test_a_waiver_ends_with_its_last_local_day(signed: Agreement) -> None:
    dialler, ill = waivers(signed).to_pylist()
    assert (dialler["version"], dialler["position"], dialler["team"]) == ("second", 1, "NZ")
    assert dialler["from_at"] == datetime.fromisoformat("2026-11-02T13:00:00")
    assert dialler["until_at"] == datetime.fromisoformat("2026-11-10T13:00:00")
    assert ill["owner"] == "ann@example.com"


def test_conditions_are_sql_of_the_engine(signed: Agreement) -> None:
    assert conditions(signed, "duckdb")[0] == {
        "version": "first",
        "commitment": "hot",
        "sql": "\"segment\" = 'big'",
    }
    assert conditions(signed, "spark")[0]["sql"] == "`segment` = 'big'"
