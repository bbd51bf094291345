"""The smallest damage to raw or marts that a structural check must see, and what a night is measured by."""

from datetime import datetime, timedelta

import pytest

from tests.expectations.company import AS_OF, Company, lead
from tests.expectations.signed import one_rule

RUNS = "run_id varchar, status varchar, stages varchar, refusals varchar"
DAMAGE = [
    ("insert into marts.leads select * from marts.leads where lead_id = '1'", "marts.leads", "key"),
    ("update marts.leads set lead_id = null where lead_id = '1'", "marts.leads", "key"),
    ("alter table marts.leads drop column employees", "marts.leads", "columns"),
    (
        "update marts.leads set became_lead_at = null, stage = 'lead' where lead_id = '1'",
        "marts.leads",
        "reached",
    ),
    ("delete from marts.leads where lead_id = '1'", "marts.leads", "every_contact_is_a_lead"),
    ("delete from raw_hubspot.contacts where id = '1'", "marts.leads", "every_contact_is_a_lead"),
    (
        "update marts.leads set stage = 'customer' where lead_id = '1'",
        "marts.leads",
        "stage_is_the_current_stay",
    ),
    ("insert into marts.touches values ('t', '99')", "marts.touches", "lead_id_exists"),
    ("insert into marts.touches values ('t', '1'), ('t', '2')", "marts.touches", "key"),
    ("insert into marts.deals values ('d', '99', 1)", "marts.deals", "lead_id_exists"),
    (
        "insert into raw_hubspot.deals (id, created_at, amount) values ('d', '2026-11-01', 9)",
        "marts.deals",
        "deals_equal",
    ),
    (
        "insert into marts.funnel_daily values ('2026-11-01', 'lead', null, 'paid'),"
        " ('2026-11-01', 'lead', null, 'paid')",
        "marts.funnel_daily",
        "key",
    ),
    ("drop table marts.weak_spots", "marts.weak_spots", "exists"),
    ("insert into marts.deal_leads values ('d', '1', true)", "marts.deal_leads", "deal_id_exists"),
    (
        "update marts.lifecycle_stages set is_current = false where lead_id = '1'",
        "lifecycle_stages",
        "one_current",
    ),
    (
        "update marts.lifecycle_stages set exited_at = entered_at - interval '1' second where lead_id = '1'",
        "marts.lifecycle_stages",
        "stays_in_order",
    ),
    ("insert into raw_hubspot.contacts select * from raw_hubspot.contacts", "raw_hubspot.contacts", "key"),
    ("update audit.sync_proof set verdict = 'failed'", "audit.sync_proof", "sync_agrees_with_crm"),
    ("update audit.sync_proof set verdict = null", "audit.sync_proof", "sync_agrees_with_crm"),
    ("update audit.sync_proof set run_id = 'run-0'", "audit.sync_proof", "sync_is_proved"),
    ("delete from intermediate.data_test_results", "intermediate.data_test_results", "dbt_tests_were_made"),
    ("update intermediate.data_test_results set verdict = 'failed'", "data_test_results", "dbt_tests_passed"),
    ("drop table marts.sla_compliance", "marts.sla_compliance", "exists"),
    ("drop table raw_hubspot.calls", "raw_hubspot.calls", "exists"),
    ("drop table intermediate.data_test_results", "intermediate.data_test_results", "exists"),
    ("drop table audit.sync_proof", "audit.sync_proof", "exists"),
]


@pytest.mark.parametrize(("damage", "table", "name"), DAMAGE)
def test_damage_is_seen_and_refuses_the_night(company: Company, damage: str, table: str, name: str) -> None:
    company.night([lead("1"), lead("2"), lead("3", "customer")])
    company.sql(damage)
    outcome = company.check(one_rule(company.root, "phone is not null"))
    failed = [r for r in outcome.structure if r.verdict != "passed" and r.severity == "critical"]
    assert any(table in r.table_name and r.check_name.startswith(name) for r in failed)
    assert len(outcome.refusals) >= len(failed)
    stored = company.sql("select count(*) from audit.check_results where verdict <> 'passed'")
    assert stored == [(len([r for r in outcome.structure if r.verdict != "passed"]),)]


def test_a_sound_night_passes_every_check(company: Company) -> None:
    company.night([lead("1"), lead("2", "lead")])
    outcome = company.check(one_rule(company.root, "phone is not null"))
    assert outcome.refusals == ()
    assert {r.verdict for r in outcome.structure} == {"passed"}
    left = "select count(*) from information_schema.schemata where schema_name = 'checks'"
    assert company.sql(left) == [(0,)], "scratch tables are gone"


def test_merged_deals_and_those_of_tomorrow_need_no_row(company: Company) -> None:
    company.night([lead("1")])
    company.sql(
        "insert into raw_hubspot.deals (id, created_at) values ('1', '2026-11-01'), ('2', '2026-11-25')"
    )
    company.sql("insert into raw_hubspot.merged_records values ('deals', '1', '3')")
    assert company.check(one_rule(company.root, "phone is not null")).refusals == ()


def test_no_leads_at_all_makes_every_rule_an_error(company: Company) -> None:
    company.night([lead("1", email=None)])
    company.check(one_rule(company.root, "email is not null"), AS_OF - timedelta(days=1))
    company.sql("drop table marts.leads")
    outcome = company.check(one_rule(company.root, "email is not null"))
    assert [r.verdict for r in outcome.results] == ["error"]
    assert any("could not be checked" in text for text in outcome.refusals)
    assert company.broken() == ["1"], "the ledger waits for a night that can tell"


@pytest.mark.parametrize(("leads", "refused"), [(20, False), (11, False), (10, True), (0, True), (50, False)])
def test_a_night_that_halves_the_contacts_is_refused(company: Company, leads: int, refused: bool) -> None:
    signed = one_rule(company.root, "phone is not null")
    company.night([lead(str(n)) for n in range(20)])
    company.check(signed, AS_OF - timedelta(days=1))
    company.sql(f"create table audit.runs ({RUNS})")
    company.sql("insert into audit.runs values ('run-1', 'published', 'sync build check publish', null)")
    company.night([lead(str(n)) for n in range(leads)], run_id="run-2")
    company.sql("insert into audit.runs values ('run-2', 'running', 'sync build check publish', null)")
    outcome = company.check(signed, AS_OF, "run-2")
    swings = [text for text in outcome.refusals if "row_count" in text]
    assert bool(swings) == refused
    if refused:
        assert f"it has {leads} rows, and had 20 on the last good night." in swings[0]


def test_a_refused_night_is_no_measure_for_the_next(company: Company) -> None:
    signed = one_rule(company.root, "phone is not null")
    company.sql("create schema audit")
    company.sql(f"create table audit.runs ({RUNS})")
    for run_id, leads in (("run-1", 20), ("run-2", 5), ("run-3", 5)):
        company.night([lead(str(n)) for n in range(leads)], run_id=run_id)
        outcome = company.check(signed, AS_OF, run_id)
        status = "refused" if outcome.refusals else "published"
        company.sql("insert into audit.runs values (?, ?, 'sync build check publish', null)", run_id, status)
    assert company.sql("select status from audit.runs order by run_id") == [
        ("published",),
        ("refused",),
        ("refused",),
    ]


def test_check_alone_stands_on_the_proof_of_the_last_sync(company: Company) -> None:
    company.night([lead("1")], run_id="run-1")
    company.sql(f"create table audit.runs ({RUNS})")
    company.sql(
        "insert into audit.runs values ('run-1', 'finished', 'sync build', null),"
        " ('run-2', 'running', 'check', null)"
    )
    assert company.check(one_rule(company.root, "phone is not null"), AS_OF, "run-2").refusals == ()
    company.sql("insert into audit.runs values ('run-3', 'running', 'sync build check', null)")
    outcome = company.check(one_rule(company.root, "phone is not null"), AS_OF, "run-3")
    assert outcome.refusals == ("Check sync_is_proved of audit.sync_proof failed: the sync left no proof.",)


def test_a_quiet_crm_is_a_warning_and_publishes(company: Company) -> None:
    company.night([lead("1")])
    company.sql("update raw_hubspot.contacts set updated_at = ?", datetime(2026, 11, 1))
    outcome = company.check(one_rule(company.root, "phone is not null"))
    assert [r.check_name for r in outcome.structure if r.verdict == "failed"] == ["sync_is_fresh"]
    assert outcome.refusals == ()
