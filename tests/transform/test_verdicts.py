"""What sales said, when, and what came of it: ruling 11."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tests.transform.crm import Crm
from tests.transform.raw import at

Handoffs = Callable[[str], list[dict[str, Any]]]
HANDED = "2026-10-06 00:00"
NEXT = "2026-10-07 00:00"


def records(crm: Crm) -> None:
    crm.lead("v_accepted", [(HANDED, "mql"), (NEXT, "sql"), ("2026-10-08", "lead")])
    crm.lead("v_jump", [(HANDED, "mql"), (NEXT, "opportunity"), ("2026-10-09", "customer")])
    crm.lead("v_fallen", [(HANDED, "mql"), (NEXT, "lead")])
    crm.lead("v_status", [(HANDED, "mql")], statuses=[(NEXT, "UNQUALIFIED")], rejection_reason="No budget")
    crm.lead("v_recycled", [(HANDED, "mql"), (NEXT, "lead")], statuses=[(NEXT, "BAD_TIMING")])
    crm.lead("v_before", [(HANDED, "mql")], statuses=[("2026-10-05", "UNQUALIFIED")])
    crm.lead("v_at_once", [(HANDED, "mql")], statuses=[(HANDED, "UNQUALIFIED")])
    crm.lead(
        "v_final",
        [(HANDED, "mql"), ("2026-10-08", "sql")],
        statuses=[(NEXT, "BAD_TIMING"), ("2026-10-09", "UNQUALIFIED")],
    )
    crm.lead("v_tie", [(HANDED, "mql"), (NEXT, "sql")], statuses=[(NEXT, "UNQUALIFIED")])
    crm.lead("v_same_ms", [("2026-10-05", "lead"), (HANDED, "mql"), (HANDED, "sql")])
    crm.lead("v_future", [(HANDED, "mql"), ("2026-11-24 20:00:00.001", "sql")])
    crm.lead(
        "v_twice",
        [(HANDED, "mql"), ("2026-10-08", "lead"), ("2026-10-20", "mql")],
        statuses=[(NEXT, "BAD_TIMING"), ("2026-10-21", "UNQUALIFIED")],
        rejection_reason="Too small",
    )
    crm.lead("v_said_by", [(HANDED, "mql")])
    crm.history("v_said_by", "hs_lead_status", [(NEXT, "UNQUALIFIED")], user="uo1")
    crm.deal("v_deal", ["v_jump"], "2026-10-07 00:00", won="2026-10-09", amount=Decimal(100))
    crm.deal("v_lost", ["v_jump"], "2026-10-07 00:00", lost="2026-10-09", amount=Decimal(50))


def said(handoffs: Handoffs, lead: str) -> list[tuple[str, Any]]:
    return [(row["verdict"], row["verdict_at"]) for row in handoffs(lead)]


def test_reaching_the_accepted_stage_or_a_later_one_accepts(handoffs: Handoffs) -> None:
    assert said(handoffs, "v_accepted") == said(handoffs, "v_jump") == [("accepted", at(NEXT))]


def test_falling_back_or_a_status_rejects(handoffs: Handoffs) -> None:
    assert said(handoffs, "v_fallen") == said(handoffs, "v_status") == [("rejected", at(NEXT))]


def test_a_status_that_recycles_beats_the_fall_of_the_same_instant(handoffs: Handoffs) -> None:
    assert said(handoffs, "v_recycled") == [("recycled", at(NEXT))]


def test_a_status_counts_only_from_the_handoff_on(handoffs: Handoffs) -> None:
    assert said(handoffs, "v_before") == [("pending", None)]
    assert said(handoffs, "v_at_once") == [("rejected", at(HANDED))]


def test_the_first_verdict_is_final_and_acceptance_wins_a_tie(handoffs: Handoffs) -> None:
    assert said(handoffs, "v_final") == [("recycled", at(NEXT))]
    assert said(handoffs, "v_tie") == [("accepted", at(NEXT))]


def test_acceptance_may_come_in_the_millisecond_of_the_handoff(handoffs: Handoffs) -> None:
    assert said(handoffs, "v_same_ms") == [("accepted", at(HANDED))]


def test_a_verdict_after_now_has_not_been_said(handoffs: Handoffs) -> None:
    assert said(handoffs, "v_future") == [("pending", None)]


def test_each_handoff_has_its_own_verdict_and_the_last_one_the_reason(handoffs: Handoffs) -> None:
    assert said(handoffs, "v_twice") == [("recycled", at(NEXT)), ("rejected", at("2026-10-21"))]
    assert [row["verdict_reason"] for row in handoffs("v_twice")] == [None, "Too small"]
    assert handoffs("v_status")[0]["verdict_reason"] == "No budget"


def test_who_said_it(handoffs: Handoffs) -> None:
    assert handoffs("v_said_by")[0]["verdict_by"] == "o1"


def test_what_came_of_it(handoffs: Handoffs) -> None:
    (row,) = handoffs("v_jump")
    assert (row["opportunity_at"], row["customer_at"], row["won_amount"]) == (at(NEXT), at("2026-10-09"), 100)
    (row,) = handoffs("v_accepted")
    assert (row["opportunity_at"], row["customer_at"], row["won_amount"]) == (None, None, None)
