"""Every edge case that the pipeline must stand is somewhere in the story."""

from collections import Counter

from sandbox.company import Company
from sandbox.instants import DAY, DEFAULT_NOW, to_datetime
from sandbox.staff import LEAVER, QUEUE
from sandbox.story import MQL, SQL
from sandbox.truth import Truth


def test_leads_go_round_fall_back_and_jump(company: Company, truth: Truth) -> None:
    handoffs = Counter(handoff.lead_id for handoff in truth.handoffs)
    assert max(handoffs.values()) >= 3
    assert any(entry.direction == "backward" for entry in truth.stage_entries)
    assert any(entry.skipped_stages for entry in truth.stage_entries)
    assert any(lead.moves[0].stage == MQL for lead in company.story.leads)
    fallen_in = [
        lead
        for lead in company.story.leads
        if any(a.stage > MQL and b.stage == MQL for a, b in zip(lead.moves, lead.moves[1:], strict=False))
    ]
    assert fallen_in
    jumped = [lead for lead in truth.leads if "sales_qualified_lead" in lead.became_at]
    assert any("marketing_qualified_lead" not in lead.became_at for lead in jumped)


def test_the_lifecycle_property_is_as_messy_as_a_real_one(company: Company) -> None:
    rows = company.crm.tables["contacts"].rows
    values = Counter(c.value for row in rows for c in row.changes if c.property == "lifecyclestage")
    assert values["partner"] > 0
    assert values[""] > 0
    assert values["other"] > 0
    stamps = [[c.at for c in row.changes if c.property == "lifecyclestage"] for row in rows]
    assert any(len(set(each)) < len(each) for each in stamps)
    sources = {c.source_type for row in rows for c in row.changes if c.property == "lifecyclestage"}
    assert {"FORM", "IMPORT", "AUTOMATION_PLATFORM", "CRM_UI", "INTEGRATION"} <= sources


def test_owners_come_early_late_by_the_queue_and_never(company: Company, truth: Truth) -> None:
    handed = [handoff for handoff in truth.handoffs if handoff.assigned_at is not None]
    assert any(handoff.routing_minutes == 0 for handoff in handed)
    assert any(handoff.routing_minutes and handoff.routing_minutes > 60 for handoff in handed)
    assert len(handed) < len(truth.handoffs)
    owners = Counter(a.owner for lead in company.story.leads for a in lead.owners)
    assert owners[QUEUE] > 0
    assert owners[LEAVER] > 0
    assert owners[None] > 0
    assert any(handoff.accountable_owner_id not in {None, handoff.owner_id} for handoff in handed)


def test_every_status_and_verdict_occurs() -> None:
    truth = Company(contacts=5000, seed=3).truth()
    statuses = {handoff.response_status for handoff in truth.handoffs}
    assert statuses == {"met", "breached", "open", "not_required", "unassigned"}
    assert {handoff.verdict for handoff in truth.handoffs} == {"accepted", "rejected", "recycled", "pending"}
    assert {handoff.follow_up_status for handoff in truth.handoffs} == {
        "met",
        "breached",
        "open",
        "not_required",
    }
    assert {"met", "breached", "open"} == {handoff.verdict_status for handoff in truth.handoffs} - {
        "not_required"
    }


def test_touches_and_what_only_looks_like_them(company: Company, truth: Truth) -> None:
    media = {touch.medium for touch in truth.touches}
    assert media == {"call", "email", "text", "meeting", "video_call", "social"}
    assert any(touch.is_duplicate for touch in truth.touches)
    assert any(touch.late_log for touch in truth.touches)
    assert any(touch.owner_id is None for touch in truth.touches)
    engagements = company.story.engagements
    assert any(len(each.leads) > 1 and each.medium for each in engagements)
    idle = [each.details for each in engagements if each.medium is None]
    assert any("hs_sequence_id" in each for each in idle)
    assert {"INCOMING_EMAIL", "FORWARDED_EMAIL"} <= {each.get("hs_email_direction") for each in idle}
    assert {"BOUNCED", "FAILED"} & {each.get("hs_email_status") for each in idle}
    assert {"FAILED", "CANCELED"} & {each.get("hs_call_status") for each in idle}
    assert any(each.self_booked for each in engagements)
    assert any(not each.owner.in_sales for each in engagements if each.owner)
    assert any("hs_call_direction" not in each.details for each in engagements if each.kind == "calls")
    assert {"CANCELED", "NO_SHOW", "COMPLETED"} <= {o.value for each in engagements for o in each.outcomes}


def test_touches_fall_before_and_after_their_handoff(truth: Truth) -> None:
    first = {handoff.lead_id: handoff.handed_off_at for handoff in reversed(truth.handoffs)}
    said = {handoff.lead_id: handoff.verdict_at for handoff in truth.handoffs if handoff.verdict_at}
    assert any(touch.touched_at < first[touch.lead_id] for touch in truth.touches if touch.lead_id in first)
    assert any(touch.touched_at > said[touch.lead_id] for touch in truth.touches if touch.lead_id in said)


def test_handoffs_come_at_night_and_on_weekends(truth: Truth) -> None:
    hours = Counter((handoff.handed_off_at.hour + 10) % 24 for handoff in truth.handoffs)
    assert hours[2] + hours[3] + hours[4] > 0
    assert any(handoff.handed_off_at.weekday() == 5 for handoff in truth.handoffs)


def test_deals_are_shared_lost_repeated_and_in_two_currencies(truth: Truth) -> None:
    assert {deal.currency for deal in truth.deals} == {"AUD", "NZD"}
    assert any(len(deal.lead_ids) > 1 for deal in truth.deals)
    assert any(deal.is_closed and not deal.is_won for deal in truth.deals)
    assert any(deal.is_repeat for deal in truth.deals)
    assert any(not deal.is_closed for deal in truth.deals)
    assert any(deal.amount != deal.original_amount for deal in truth.deals)


def test_imports_create_many_in_one_millisecond(company: Company) -> None:
    created = Counter(lead.created_at for lead in company.story.leads)
    assert created.most_common(1)[0][1] >= 5


def test_the_story_goes_on_after_the_default_now(company: Company) -> None:
    later = company.truth(DEFAULT_NOW + 59 * DAY)
    recent = to_datetime(DEFAULT_NOW + 50 * DAY)
    assert any(lead.created_at > recent for lead in later.leads)
    assert any(
        move.at > DEFAULT_NOW and move.stage == SQL for lead in company.story.leads for move in lead.moves
    )
