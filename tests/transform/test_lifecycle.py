"""Stays in stages: rulings 1, 4 to 9."""

from collections.abc import Callable
from typing import Any

from tests.transform.crm import Crm
from tests.transform.raw import at

Rows = Callable[..., list[dict[str, Any]]]


def records(crm: Crm) -> None:
    crm.lead("plain", [("2026-10-02", "lead"), ("2026-10-05", "mql"), ("2026-10-07", "lead")])
    crm.lead("repeats", [("2026-10-02", "subscriber"), ("2026-10-03", "other"), ("2026-10-04", "lead")])
    crm.lead(
        "cleared",
        [("2026-10-02", "sql"), ("2026-10-03", ""), ("2026-10-03", "lead"), ("2026-10-04", "weird")],
    )
    crm.lead("jumps", [("2026-10-02", "contact"), ("2026-10-03", "opportunity"), ("2026-10-04", "contact")])
    crm.lead("one_ms", [("2026-10-02", "lead"), ("2026-10-03", "mql"), ("2026-10-03", "sql")])
    crm.lead("no_history", lifecyclestage="lead", hs_lifecyclestage_lead_date=at("2026-10-03 01:00"))
    crm.lead("undated", created="2026-10-09 01:00", lifecyclestage="customer")
    crm.lead(
        "changed",
        [("2026-10-02", "lead")],
        lifecyclestage="customer",
        lastmodifieddate=at("2026-10-20 01:00"),
    )
    crm.lead("future", [("2026-10-02", "lead"), ("2026-11-25", "mql")])
    crm.lead("unborn", created="2026-11-25 00:00", stages=[("2026-11-25", "lead")])
    crm.lead("winner", [("2026-10-02", "lead"), ("2026-10-08", "sql")])
    crm.lead("loser", [("2026-10-05", "mql")])
    crm.history("older_loser", "lifecyclestage", [("2026-10-01", "subscriber")])
    crm.merge("loser", "winner")
    crm.merge("older_loser", "winner")
    cut = {"object_type": "contacts", "property": "lifecyclestage"}
    crm.add("cut_histories", **cut, object_id="loser", since=at("2026-10-05"))
    crm.lead("by_user")
    crm.history("by_user", "lifecyclestage", [("2026-10-02", "lead")], user="uo1")


def stays(rows: Rows, lead: str, *columns: str) -> list[tuple[Any, ...]]:
    found = sorted(rows("lifecycle_stages", lead_id=lead), key=lambda row: row["stay_number"])
    return [tuple(row[column] for column in columns) for row in found]


def test_a_stay_ends_where_the_next_begins(rows: Rows) -> None:
    mql = "marketing_qualified_lead"
    assert stays(rows, "plain", "stage", "entered_at", "exited_at", "is_current", "direction") == [
        ("lead", at("2026-10-02"), at("2026-10-05"), False, "start"),
        (mql, at("2026-10-05"), at("2026-10-07"), False, "forward"),
        ("lead", at("2026-10-07"), None, True, "backward"),
    ]


def test_values_of_the_same_stage_are_one_stay(rows: Rows) -> None:
    assert stays(rows, "repeats", "stage", "entered_at") == [
        ("contact", at("2026-10-02")),
        ("lead", at("2026-10-04")),
    ]


def test_cleared_and_unlisted_values_change_no_stage(rows: Rows) -> None:
    assert stays(rows, "cleared", "stage", "is_current") == [("sales_qualified_lead", False), ("lead", True)]


def test_stages_jumped_over_are_counted_on_the_way_up_only(rows: Rows) -> None:
    assert stays(rows, "jumps", "direction", "skipped_stages") == [
        ("start", 0),
        ("forward", 3),
        ("backward", 0),
    ]


def test_two_revisions_of_one_millisecond_both_stay(rows: Rows) -> None:
    found = stays(rows, "one_ms", "stage", "entered_at", "exited_at")
    assert found[1:] == [
        ("marketing_qualified_lead", at("2026-10-03"), at("2026-10-03")),
        ("sales_qualified_lead", at("2026-10-03"), None),
    ]


def test_without_history_the_date_entered_or_the_create_date_counts(rows: Rows) -> None:
    assert stays(rows, "no_history", "entered_at", "evidence") == [(at("2026-10-03 01:00"), "date_entered")]
    assert stays(rows, "undated", "entered_at", "evidence") == [(at("2026-10-09 01:00"), "create_date")]


def test_a_current_value_that_differs_is_one_more_stay(rows: Rows) -> None:
    assert stays(rows, "changed", "stage", "entered_at", "evidence") == [
        ("lead", at("2026-10-02"), "history"),
        ("customer", at("2026-10-20 01:00"), "current_value"),
    ]


def test_nothing_after_now_counts(rows: Rows) -> None:
    assert stays(rows, "future", "stage", "is_current") == [("lead", True)]
    assert rows("leads", lead_id="unborn") == []


def test_merged_leads_are_one_sequence_by_instant(rows: Rows) -> None:
    assert stays(rows, "winner", "stage", "entered_at") == [
        ("contact", at("2026-10-01")),
        ("lead", at("2026-10-02")),
        ("marketing_qualified_lead", at("2026-10-05")),
        ("sales_qualified_lead", at("2026-10-08")),
    ]
    assert rows("leads", lead_id="loser") == []
    assert rows("leads", lead_id="winner")[0]["merged_ids"] == "loser;older_loser"


def test_a_history_that_the_crm_had_partly_forgotten_says_so(rows: Rows) -> None:
    known_since = {
        lead: rows("leads", lead_id=lead)[0]["history_known_since"] for lead in ("winner", "plain")
    }
    assert known_since == {"winner": at("2026-10-05"), "plain": None}


def test_who_changed_it_is_an_owner_or_what_in_the_crm_did(rows: Rows) -> None:
    assert stays(rows, "by_user", "changed_by") == [("o1",)]
    assert stays(rows, "plain", "changed_by")[0] == ("AUTOMATION_PLATFORM",)
