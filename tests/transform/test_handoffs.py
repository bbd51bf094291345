"""Which entries are handoffs, whose they are, and by which version they are judged: rulings 10, 15, 16, 20.

Brisbane's open hours, 09:00 to 17:00, are 23:00 to 07:00 UTC; Auckland's, 08:30 to 17:00, 19:30 to 04:00.
"""

from collections.abc import Callable
from typing import Any

from tests.transform.crm import Crm
from tests.transform.raw import at

Handoffs = Callable[[str], list[dict[str, Any]]]
TUESDAY = "2026-10-06 00:00"  # 10:00 in Brisbane


def records(crm: Crm) -> None:
    crm.lead("h_twice", [(TUESDAY, "mql"), ("2026-10-07", "lead"), ("2026-10-20", "mql")])
    crm.lead("h_jumped", [("2026-10-02", "lead"), (TUESDAY, "sql"), ("2026-10-07", "mql")])
    for name, instant in {
        "none": "2026-06-30 13:59:59.999",
        "q3": "2026-09-30 13:59",
        "q4": "2026-09-30 14:00",
    }.items():
        crm.lead(f"h_{name}", [(instant, "mql")], created="2026-06-01 00:00")
    crm.lead("h_owned", [(TUESDAY, "mql")], owners=[("2026-10-02", "o1")])
    crm.lead(
        "h_later",
        [(TUESDAY, "mql")],
        owners=[("2026-10-02", "q1"), ("2026-10-07 01:30", "o1"), ("2026-10-08", "o2")],
    )
    crm.lead("h_auckland", [(TUESDAY, "mql")], owners=[("2026-10-06 20:00", "o2")])
    crm.lead("h_own_line", [(TUESDAY, "mql")], owners=[("2026-10-06 20:00", "o3")])
    crm.lead("h_never", [(TUESDAY, "mql"), ("2026-10-07", "sql")], owners=[("2026-10-07 00:01", "o1")])
    crm.lead("h_left", [("2026-10-13 23:00", "mql")], owners=[("2026-10-02", "gone")])
    crm.lead("h_passed_on", [(TUESDAY, "mql")], owners=[("2026-10-02", "o1"), ("2026-10-06 03:00", "o2")])
    crm.lead("h_excluded", [(TUESDAY, "mql")], email="max@us.example")


def test_a_recycled_lead_is_handed_off_again(handoffs: Handoffs) -> None:
    assert [row["handed_off_at"] for row in handoffs("h_twice")] == [at(TUESDAY), at("2026-10-20")]


def test_jumping_over_and_falling_back_into_the_stage_is_no_handoff(handoffs: Handoffs) -> None:
    assert handoffs("h_jumped") == []


def test_the_version_in_force_at_the_handoff_judges(handoffs: Handoffs) -> None:
    versions = {lead: handoffs(lead)[0]["agreement_version"] for lead in ("h_none", "h_q3", "h_q4")}
    assert versions == {"h_none": None, "h_q3": "2026-Q3", "h_q4": "2026-Q4"}
    assert handoffs("h_none")[0]["response_status"] is None
    assert handoffs("h_q3")[0]["response_commitment"] == "slow_response"
    assert handoffs("h_q3")[0]["follow_up_status"] is None


def test_owned_before_the_handoff_routing_takes_no_time(handoffs: Handoffs) -> None:
    (row,) = handoffs("h_owned")
    assert (row["owner_id"], row["assigned_at"], row["routing_minutes"]) == ("o1", at(TUESDAY), 0)


def test_else_the_first_owner_by_the_verdict_is_it_and_a_queue_is_nobody(handoffs: Handoffs) -> None:
    (row,) = handoffs("h_later")
    assert (row["owner_id"], row["assigned_at"]) == ("o1", at("2026-10-07 01:30"))
    assert row["routing_minutes"] == 7 * 60 + 2.5 * 60


def test_routing_is_measured_on_the_assigned_owners_calendar(handoffs: Handoffs) -> None:
    assert handoffs("h_auckland")[0]["routing_minutes"] == 4 * 60 + 30
    assert handoffs("h_own_line")[0]["routing_minutes"] == 7 * 60


def test_an_assignment_after_the_verdict_comes_too_late(handoffs: Handoffs) -> None:
    (row,) = handoffs("h_never")
    assert (row["owner_id"], row["assigned_at"], row["routing_minutes"]) == (None, None, None)


def test_the_accountable_owner_is_the_one_at_the_due_time(handoffs: Handoffs) -> None:
    (row,) = handoffs("h_passed_on")
    assert (row["owner_id"], row["owner_team"]) == ("o1", "AU Sales")
    assert (row["accountable_owner_id"], row["accountable_team"]) == ("o2", "NZ Sales")


def test_a_leaver_owns_what_came_before_and_answers_for_nothing_after(handoffs: Handoffs) -> None:
    (row,) = handoffs("h_left")
    assert (row["owner_id"], row["accountable_owner_id"]) == ("gone", None)


def test_handoffs_of_the_excluded_are_marked(handoffs: Handoffs) -> None:
    assert handoffs("h_excluded")[0]["excluded_because"] == "internal"
