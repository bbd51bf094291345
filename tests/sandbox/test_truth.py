"""The truth does not contradict itself, nor the records that the CRM shows of the same story."""

from collections import defaultdict
from datetime import timedelta

import pytest

from sandbox.company import Company
from sandbox.instants import DAY, DEFAULT_NOW, STORY_START, from_iso, to_datetime
from sandbox.truth import StageEntry, Truth

STAGE_OF = {
    "subscriber": "contact",
    "other": "contact",
    "lead": "lead",
    "marketingqualifiedlead": "marketing_qualified_lead",
    "salesqualifiedlead": "sales_qualified_lead",
    "opportunity": "opportunity",
    "customer": "customer",
    "evangelist": "promoter",
}


def _entries(truth: Truth) -> dict[str, list[StageEntry]]:
    entries: dict[str, list[StageEntry]] = defaultdict(list)
    for entry in truth.stage_entries:
        entries[entry.lead_id].append(entry)
    return entries


def test_stays_follow_each_other_without_a_gap(truth: Truth) -> None:
    entries = _entries(truth)
    for lead in truth.leads:
        stays = entries[lead.lead_id]
        assert stays[0].direction == "start"
        assert [stay.exited_at for stay in stays[:-1]] == [stay.entered_at for stay in stays[1:]]
        assert stays[-1].exited_at is None
        assert (stays[-1].stage, stays[-1].entered_at) == (lead.stage, lead.stage_since)


def test_the_crm_shows_the_stage_that_is_true(company: Company, truth: Truth) -> None:
    records = company.records()["contacts"]
    shown = {lead.lead_id: records[int(lead.lead_id)].get("lifecyclestage") for lead in truth.leads}
    listed = {lead.lead_id: lead.stage for lead in truth.leads if shown[lead.lead_id] in STAGE_OF}
    assert listed == {lead_id: STAGE_OF[str(shown[lead_id])] for lead_id in listed}
    assert len(listed) > 0.97 * len(truth.leads)


def test_a_handoff_is_an_entry_from_below(truth: Truth) -> None:
    entered = {
        (entry.lead_id, entry.entered_at)
        for entry in truth.stage_entries
        if entry.stage == "marketing_qualified_lead" and entry.direction != "backward"
    }
    assert entered == {(handoff.lead_id, handoff.handed_off_at) for handoff in truth.handoffs}


def test_clocks_and_verdicts_agree_with_their_instants(truth: Truth) -> None:
    for handoff in truth.handoffs:
        assert (handoff.verdict == "pending") == (handoff.verdict_at is None)
        assert (
            (handoff.assigned_at is None) == (handoff.owner_id is None) == (handoff.routing_minutes is None)
        )
        if handoff.response_status == "breached":
            assert handoff.response_due_at is not None
            assert handoff.response_due_at < truth.now
        if handoff.response_status == "met":
            assert handoff.first_touch_at is not None
            assert handoff.response_due_at is not None
            assert handoff.first_touch_at <= handoff.response_due_at


def test_critical_rules_hold_and_warnings_are_broken(truth: Truth) -> None:
    rates = {
        (rule.rule, rule.agreement_version): len(rule.violations) / rule.evaluated for rule in truth.rules
    }
    critical = {key: rate for key, rate in rates.items() if key[0] in {"mql_reachable", "sql_has_owner"}}
    assert all(rate <= 0.02 for rate in critical.values())
    assert {name for (name, _), rate in critical.items() if rate > 0} == {"mql_reachable", "sql_has_owner"}
    assert all(rate > 0.02 for key, rate in rates.items() if key not in critical)


@pytest.mark.parametrize("days", [-200, -30, 1, 45])
def test_critical_rules_hold_on_other_days(company: Company, days: int) -> None:
    for rule in company.truth(DEFAULT_NOW + days * DAY).rules:
        if rule.rule in {"mql_reachable", "sql_has_owner"}:
            assert len(rule.violations) <= 0.02 * rule.evaluated


def test_a_later_truth_keeps_what_is_over(company: Company, truth: Truth) -> None:
    later = company.truth(truth.now + timedelta(days=10))
    over = {entry for entry in truth.stage_entries if entry.exited_at is not None}
    assert over <= set(later.stage_entries)
    known = {(handoff.lead_id, handoff.handed_off_at): handoff for handoff in later.handoffs}
    for handoff in truth.handoffs:
        if handoff.verdict != "pending":
            after = known[handoff.lead_id, handoff.handed_off_at]
            assert (after.verdict, after.verdict_at) == (handoff.verdict, handoff.verdict_at)


def test_the_story_begins_and_ends_where_it_says(truth: Truth) -> None:
    first = min(lead.created_at for lead in truth.leads)
    assert first >= to_datetime(STORY_START)
    assert first < to_datetime(STORY_START) + timedelta(days=2)
    assert truth.now == to_datetime(from_iso("2026-11-24T20:00:00Z"))
