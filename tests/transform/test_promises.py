"""Follow-up, verdict and routing clocks: rulings 12, 14, 19, 26. Open hours are 23:00 to 07:00 UTC."""

from collections.abc import Callable, Sequence
from typing import Any

from tests.transform.crm import Crm
from tests.transform.raw import at

Handoffs = Callable[[str], list[dict[str, Any]]]
HANDED = "2026-10-06 00:00"  # Tuesday, 10:00 in Brisbane
OWNED = [("2026-10-02", "o1")]
THREE = ("2026-10-06 01:00", "2026-10-06 02:00", "2026-10-07 01:00")


def records(crm: Crm) -> None:
    def lead(
        name: str, touches: Sequence[str] = (), *, stages: Any = (), logged: str | None = None, **more: Any
    ) -> None:
        crm.lead(f"p_{name}", [(HANDED, "mql"), *stages], **({"owners": OWNED} | more))
        for number, when in enumerate(touches):
            crm.call(f"p_{name}{number}", f"p_{name}", when, hubspot_owner_id="o1", logged=logged)

    lead("done", THREE)
    lead("one_day", ("2026-10-06 01:00", "2026-10-06 02:00", "2026-10-06 03:00"))
    lead("local_days", ("2026-10-06 12:00", "2026-10-06 13:30", "2026-10-06 14:30"))
    lead("dialler", ("2026-10-06 01:00", "2026-10-06 01:05", "2026-10-07 01:00"))
    lead("too_late", (*THREE[:2], "2026-10-13 00:01"))
    lead("in_time", (*THREE[:2], "2026-10-13 00:00"))
    lead("logged_late", THREE, logged="2026-10-20 00:00")
    lead("turned_down", THREE[:2], statuses=[("2026-10-06 03:00", "UNQUALIFIED")])
    lead("done_first", (*THREE, "2026-10-09 00:00"), stages=[("2026-10-08 00:00", "sql")])
    lead("decided", stages=[("2026-10-08 00:00", "sql")])
    lead("decided_late", stages=[("2026-10-08 00:00:00.001", "lead")])
    lead("undecided")
    crm.lead("p_open", [("2026-11-24 01:00", "mql")])
    lead("routed", owners=[("2026-10-06 00:15", "o1")])
    lead("routed_late", owners=[("2026-10-06 00:16", "o1")])
    lead("dropped", owners=[], statuses=[("2026-10-06 00:10", "BAD_TIMING")])
    crm.lead("p_just_in", [("2026-11-24 20:00", "mql")])


def statuses(handoffs: Handoffs, kind: str, *names: str) -> list[str]:
    return [handoffs(f"p_{name}")[0][f"{kind}_status"] for name in names]


def test_enough_attempts_on_enough_days_meet_the_follow_up(handoffs: Handoffs) -> None:
    assert statuses(handoffs, "follow_up", "done", "in_time", "local_days") == ["met"] * 3


def test_too_few_attempts_or_days_by_the_due_time_breach_it(handoffs: Handoffs) -> None:
    assert statuses(handoffs, "follow_up", "one_day", "dialler", "too_late", "undecided") == ["breached"] * 4


def test_five_business_days_are_five_times_the_open_hours(handoffs: Handoffs) -> None:
    assert handoffs("p_done")[0]["follow_up_due_at"] == at("2026-10-13 00:00")


def test_attempts_logged_late_undo_no_breach(handoffs: Handoffs) -> None:
    assert statuses(handoffs, "follow_up", "logged_late") == ["breached"]


def test_a_verdict_makes_further_attempts_needless(handoffs: Handoffs) -> None:
    assert statuses(handoffs, "follow_up", "turned_down", "decided") == ["not_required"] * 2
    assert statuses(handoffs, "follow_up", "done_first") == ["met"]


def test_attempts_are_counted_until_the_verdict(handoffs: Handoffs) -> None:
    attempts = {name: handoffs(f"p_{name}")[0]["attempts"] for name in ("done_first", "dialler", "decided")}
    assert attempts == {"done_first": 3, "dialler": 2, "decided": 0}


def test_any_verdict_by_its_due_time_will_do(handoffs: Handoffs) -> None:
    assert handoffs("p_decided")[0]["verdict_due_at"] == at("2026-10-08 00:00")
    assert statuses(handoffs, "verdict", "decided", "turned_down") == ["met"] * 2
    assert statuses(handoffs, "verdict", "decided_late", "undecided") == ["breached"] * 2


def test_a_running_clock_is_open(handoffs: Handoffs) -> None:
    assert statuses(handoffs, "verdict", "open") == statuses(handoffs, "follow_up", "open") == ["open"]
    assert statuses(handoffs, "routing", "just_in") == ["open"]


def test_routing_has_a_clock_of_its_own(handoffs: Handoffs) -> None:
    assert statuses(handoffs, "routing", "routed", "done", "routed_late", "open") == [
        "met",
        "met",
        "breached",
        "breached",
    ]
    assert statuses(handoffs, "routing", "dropped") == ["not_required"]
