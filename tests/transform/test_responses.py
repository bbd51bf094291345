"""The response clock and its statuses: rulings 12, 13, 17, 19, 29. Open hours are 23:00 to 07:00 UTC."""

from collections.abc import Callable
from typing import Any

from tests.transform.crm import Crm
from tests.transform.raw import at

Handoffs = Callable[[str], list[dict[str, Any]]]
HANDED = "2026-10-06 00:00"  # Tuesday, 10:00 in Brisbane
DUE = "2026-10-06 04:00"
OWNED = [("2026-10-02", "o1")]
DEMO = {"recent_conversion_event_name": "Demo request"}
RECENT = "2026-11-24 19:00"  # an hour before now


def records(crm: Crm) -> None:
    def lead(
        name: str, *, stages: Any = (), touch: str | None = None, logged: str | None = None, **more: Any
    ) -> None:
        crm.lead(f"r_{name}", [(HANDED, "mql"), *stages], **({"owners": OWNED} | more))
        if touch:
            crm.call(f"r_{name}", f"r_{name}", touch, logged=logged)

    lead("on_time", touch=DUE)
    lead("late", touch="2026-10-06 04:00:00.001")
    lead("before", touch="2026-10-05 23:59")
    lead("never")
    lead("rejected", statuses=[("2026-10-06 03:59", "UNQUALIFIED")])
    lead("rejected_late", statuses=[(DUE, "UNQUALIFIED")])
    lead("rejected_touched", statuses=[("2026-10-06 03:00", "UNQUALIFIED")], touch="2026-10-06 03:00")
    lead("accepted", stages=[("2026-10-06 01:00", "sql")], touch="2026-10-06 03:00")
    lead("neglected", stages=[("2026-10-06 01:00", "sql")], touch="2026-10-06 05:00")
    lead("logged_late", touch="2026-10-06 01:00", logged="2026-10-08 01:00")
    lead("plain_time", touch="2026-10-06 00:11", recent_conversion_event_name="Call me back")
    lead("booked")
    crm.meeting("r_booked", "r_booked", "2026-10-06 01:00", "2026-10-08 01:00", source="MEETINGS_PUBLIC")
    lead("assigned", owners=[("2026-10-06 02:00", "o1")], touch="2026-10-06 02:30", **DEMO)
    lead("too_early", owners=[("2026-10-06 02:00", "o1")], touch="2026-10-06 01:00", **DEMO)
    lead("unassigned", owners=[], touch="2026-10-06 01:00", **DEMO)
    lead("unowned", owners=[])
    crm.lead("r_open", [(RECENT, "mql")], owners=OWNED)
    crm.lead("r_evening", [("2026-10-06 03:00", "mql")], owners=OWNED)
    crm.lead("r_friday", [("2026-10-02 06:00", "mql")], owners=OWNED)
    crm.lead("r_at_night", [("2026-10-06 10:00", "mql")], owners=OWNED)
    crm.call("r_at_night", "r_at_night", "2026-10-06 23:30")


def status(handoffs: Handoffs, name: str) -> str:
    (row,) = handoffs(f"r_{name}")
    return str(row["response_status"])


def test_a_touch_at_the_due_time_is_met_and_a_millisecond_later_breached(handoffs: Handoffs) -> None:
    assert handoffs("r_on_time")[0]["response_due_at"] == at(DUE)
    assert status(handoffs, "on_time") == "met"
    assert status(handoffs, "late") == "breached"


def test_without_a_touch_it_is_open_until_it_is_due(handoffs: Handoffs) -> None:
    assert status(handoffs, "open") == "open"
    assert status(handoffs, "never") == "breached"
    assert status(handoffs, "unowned") == "breached"


def test_a_touch_before_the_handoff_is_not_of_it(handoffs: Handoffs) -> None:
    assert handoffs("r_before")[0]["first_touch_at"] is None


def test_a_lead_turned_down_before_it_was_due_needed_no_touch(handoffs: Handoffs) -> None:
    assert status(handoffs, "rejected") == "not_required"
    assert status(handoffs, "rejected_late") == "breached"
    assert status(handoffs, "rejected_touched") == "met"


def test_acceptance_does_not_stop_the_clock(handoffs: Handoffs) -> None:
    assert status(handoffs, "accepted") == "met"
    assert status(handoffs, "neglected") == "breached"
    assert handoffs("r_neglected")[0]["first_touch_at"] is None


def test_a_lead_that_booked_by_itself_needed_no_touch(handoffs: Handoffs) -> None:
    assert status(handoffs, "booked") == "not_required"


def test_a_late_log_undoes_no_breach(handoffs: Handoffs) -> None:
    (row,) = handoffs("r_logged_late")
    assert (row["response_status"], row["late_touches"]) == ("breached", 1)
    assert row["first_touch_at"] == at("2026-10-06 01:00")


def test_the_first_commitment_listed_that_fits_counts(handoffs: Handoffs) -> None:
    commitments = {
        name: handoffs(f"r_{name}")[0]["response_commitment"] for name in ("assigned", "plain_time", "late")
    }
    assert commitments == {"assigned": "hot_response", "plain_time": "call_back", "late": "first_response"}


def test_minutes_count_from_where_the_commitment_says(handoffs: Handoffs) -> None:
    assert handoffs("r_on_time")[0]["response_minutes"] == 240
    assert handoffs("r_late")[0]["response_minutes"] == 240 + 1 / 60000
    assert handoffs("r_assigned")[0]["response_minutes"] == 30
    assert handoffs("r_at_night")[0]["response_minutes"] == 30


def test_plain_time_passes_without_a_calendar(handoffs: Handoffs) -> None:
    (row,) = handoffs("r_plain_time")
    assert (row["response_due_at"], row["response_minutes"]) == (at("2026-10-06 00:10"), 11)
    assert row["response_status"] == "breached"


def test_a_clock_that_starts_at_an_assignment(handoffs: Handoffs) -> None:
    assert status(handoffs, "assigned") == "met"
    assert status(handoffs, "too_early") == "met"
    assert handoffs("r_too_early")[0]["response_minutes"] == 0
    assert status(handoffs, "unassigned") == "unassigned"


def test_due_is_when_the_open_time_is_used_up(handoffs: Handoffs) -> None:
    due = {name: handoffs(f"r_{name}")[0]["response_due_at"] for name in ("evening", "friday", "at_night")}
    # 17:00 the same day; over the weekend and Queensland's holiday on Monday; from opening time on.
    assert due == {
        "evening": at("2026-10-06 07:00"),
        "friday": at("2026-10-06 02:00"),
        "at_night": at("2026-10-07 03:00"),
    }
