"""What is a touch and what is not: rulings 18 and 19."""

from collections.abc import Callable
from typing import Any

from tests.transform.crm import Crm
from tests.transform.raw import at

Rows = Callable[..., list[dict[str, Any]]]
DAY = "2026-10-06"
TOUCHES: dict[str, dict[str, str | None]] = {
    "unanswered": {"hs_call_status": "NO_ANSWER"},
    "busy": {"hs_call_status": "BUSY"},
    "undirected": {"hs_call_direction": None},
    "ownerless": {"hubspot_owner_id": None},
    "by_the_queue": {"hubspot_owner_id": "q1"},
    "by_a_leaver": {"hubspot_owner_id": "gone"},
}
NOT_TOUCHES: dict[str, dict[str, str | None]] = {
    "incoming": {"hs_call_direction": "INBOUND"},
    "cancelled": {"hs_call_status": "CANCELED"},
    "failed": {"hs_call_status": "FAILED"},
    "by_marketing": {"hubspot_owner_id": "m1"},
}
NO_MAIL = {
    "bounced": {"hs_email_status": "BOUNCED"},
    "forwarded": {"hs_email_direction": "FORWARDED_EMAIL"},
    "answer": {"hs_email_direction": "INCOMING_EMAIL"},
    "sequence": {"hs_sequence_id": "7"},
}


def records(crm: Crm) -> None:
    crm.lead("touched")
    crm.lead("second")
    for hour, (name, properties) in enumerate((TOUCHES | NOT_TOUCHES).items()):
        crm.call(name, "touched", f"{DAY} {hour:02}:00", **({"hubspot_owner_id": "o1"} | properties))
    sent = {"hs_email_direction": "EMAIL", "hs_email_status": "SENT", "hubspot_owner_id": "o1"}
    for name, mail in NO_MAIL.items():
        crm.engage("emails", name, "touched", f"{DAY} 12:00", **(sent | mail))
    crm.engage("emails", "mail", "touched", f"{DAY} 12:00", **sent)
    crm.call("conference", ["touched", "second"], f"{DAY} 20:00")
    crm.engage("communications", "sms", "touched", f"{DAY} 13:00", hs_communication_channel_type="SMS")
    crm.engage(
        "communications", "li", "touched", f"{DAY} 13:00", hs_communication_channel_type="LINKEDIN_MESSAGE"
    )
    crm.meeting("m", "touched", f"{DAY} 14:00", "2026-12-24 01:00", hs_meeting_outcome="NO_SHOW")
    crm.meeting("video", "touched", f"{DAY} 15:00", "2026-10-07 01:00", hs_meeting_location_type="VIDEO")
    crm.meeting("off", "touched", f"{DAY} 15:00", "2026-10-07 01:00", hs_meeting_outcome="CANCELED")
    crm.meeting("own", "touched", f"{DAY} 15:00", "2026-10-07 01:00", source="MEETINGS_PUBLIC")
    crm.lead("dialled")
    for minute in ("00", "10", "20", "31"):
        crm.call(f"dial{minute}", "dialled", f"{DAY} 01:{minute}", hubspot_owner_id="o1")
    crm.call("dial_other", "dialled", f"{DAY} 01:05", hubspot_owner_id="o2")
    crm.lead("noted")
    crm.call("next_day", "noted", f"{DAY} 01:00", logged="2026-10-07 01:00")
    crm.call("later", "noted", f"{DAY} 02:00", logged="2026-10-07 02:01")
    crm.call("tomorrow", "noted", "2026-11-25 01:00")


def by_engagement(rows: Rows, lead: str) -> dict[str, dict[str, Any]]:
    return {row["touch_id"].split("-")[1]: row for row in rows("touches", lead_id=lead)}


def test_calls_count_unless_they_came_in_or_never_went_out(rows: Rows) -> None:
    found = by_engagement(rows, "touched")
    assert set(TOUCHES) <= set(found)
    assert not set(NOT_TOUCHES) & set(found)


def test_mail_counts_only_when_a_person_sent_it_and_it_arrived(rows: Rows) -> None:
    found = by_engagement(rows, "touched")
    assert found["mail"]["medium"] == "email"
    assert not set(NO_MAIL) & set(found)


def test_media_are_told_apart(rows: Rows) -> None:
    found = by_engagement(rows, "touched")
    media = {name: found[name]["medium"] for name in ("sms", "li", "m", "video", "busy")}
    assert media == {"sms": "text", "li": "social", "m": "meeting", "video": "video_call", "busy": "call"}


def test_a_meeting_is_a_touch_at_its_booking_held_or_not(rows: Rows) -> None:
    meeting = by_engagement(rows, "touched")["m"]
    assert (meeting["touched_at"], meeting["held_at"]) == (at(f"{DAY} 14:00"), at("2026-12-24 01:00"))


def test_cancelled_meetings_and_those_of_the_lead_itself_are_none(rows: Rows) -> None:
    assert not {"off", "own"} & set(by_engagement(rows, "touched"))


def test_one_engagement_with_two_leads_is_a_touch_of_each(rows: Rows) -> None:
    assert "conference" in by_engagement(rows, "touched")
    assert list(by_engagement(rows, "second")) == ["conference"]


def test_a_queues_touch_is_nobodys_and_a_leavers_stays_theirs(rows: Rows) -> None:
    found = by_engagement(rows, "touched")
    assert found["by_the_queue"]["owner_id"] is None
    assert found["by_a_leaver"]["owner_id"] == "gone"


def test_repeats_of_one_owner_and_medium_are_one_attempt(rows: Rows) -> None:
    repeated = {name: row["is_duplicate"] for name, row in by_engagement(rows, "dialled").items()}
    assert repeated == {"dial00": False, "dial10": True, "dial20": True, "dial31": False, "dial_other": False}


def test_late_logs_are_marked_and_the_future_is_not_there(rows: Rows) -> None:
    late = {name: row["late_log"] for name, row in by_engagement(rows, "noted").items()}
    assert late == {"next_day": False, "later": True}
