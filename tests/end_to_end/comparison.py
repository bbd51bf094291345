"""Holds a publication against the story: equal, not close."""

from collections import Counter
from datetime import datetime
from typing import Any

from agreement import load
from tests.end_to_end import story_rows as told
from tests.end_to_end.portal import SIGNED, Portal


def by_key(rows: list[tuple[Any, ...]], width: int) -> dict[Any, tuple[Any, ...]]:
    """Rows by their first `width` columns, which must tell them apart."""
    found = {row[:width] if width > 1 else row[0]: row[width:] for row in rows}
    assert len(found) == len(rows), "rows share a key"
    return found


def assert_everything_published_is_the_storys(portal: Portal, now: datetime) -> None:
    """Compare every number that the story determines, lead by lead."""
    truth, agreement = portal.company.truth(now, SIGNED), load(SIGNED)
    assert by_key(portal.rows(told.LEAD), 1) == told.leads(portal, truth)
    assert Counter(portal.rows(told.STAY)) == Counter(told.stays(truth))
    assert by_key(portal.rows(told.HANDOFF), 2) == told.handoffs(truth)
    assert Counter(portal.rows(told.TOUCH)) == Counter(told.touches(truth))
    assert by_key(portal.rows(told.DEAL), 1) == told.deals(truth)
    assert set(portal.rows("select deal_id, lead_id, is_primary from marts.deal_leads")) == told.deal_leads(
        truth
    )
    assert by_key(portal.rows(told.SLA), 3) == told.sla(truth, agreement, now)
    assert Counter(portal.rows(told.VISITORS)) == Counter(told.visitors(truth))
    assert Counter(portal.rows(told.BROADCAST)) == Counter(told.broadcasts(truth))
    judged = portal.rows(
        "select rule, agreement_version, stage, evaluated, violations from audit.rule_results"
        " where run_id = (select max(run_id) from audit.rule_results)"
    )
    assert sorted(judged) == sorted(
        (rule.rule, rule.agreement_version, rule.stage, rule.evaluated, len(rule.violations))
        for rule in truth.rules
    )
    broken = portal.rows("select rule, lead_id from audit.lead_quality_violations where resolved_at is null")
    assert sorted(broken) == sorted((rule.rule, lead) for rule in truth.rules for lead in rule.violations)
