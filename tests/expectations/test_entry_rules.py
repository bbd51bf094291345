"""`judge: entry`: what the columns held when a lead first reached its stage."""

from typing import Any

from tests.expectations.company import REACHED, Company, lead
from tests.expectations.signed import agree, one_rule, rule, version

BEFORE, AFTER = "2026-10-20 03:00:00", "2026-10-20 03:00:00.001"


def _history(company: Company, *revisions: tuple[str, str, str, str | None]) -> None:
    for object_id, name, changed_at, value in revisions:
        company.sql(
            "insert into raw_hubspot.property_history"
            " values ('contacts', ?, ?, ?, 0, ?, 'CRM_UI', null, null)",
            object_id,
            name,
            changed_at,
            value,
        )


def _judged(company: Company, must: str) -> tuple[Any, ...]:
    return company.judge(one_rule(company.root, must, judge="entry"))[0]


def test_the_value_at_entry_counts_and_not_todays(company: Company) -> None:
    assert str(REACHED) == BEFORE
    company.night([lead("1", lead_score=90), lead("2", lead_score=10), lead("3", lead_score=90), lead("4")])
    _history(
        company,
        ("1", "hubspotscore", "2026-10-01", "30"),
        ("1", "hubspotscore", AFTER, "90"),
        ("2", "hubspotscore", BEFORE, "60"),
        ("2", "hubspotscore", AFTER, "10"),
        ("3", "hubspotscore", AFTER, "90"),
    )
    assert _judged(company, "lead_score >= 50") == ("failed", 4, 2, None, ["1", "3"])


def test_history_of_merged_people_counts_and_junk_is_null(company: Company) -> None:
    company.night([lead("1"), lead("2")])
    company.sql("insert into raw_hubspot.merged_records values ('contacts', '99', '1')")
    _history(company, ("99", "hubspotscore", "2026-10-02", "10"), ("2", "hubspotscore", "2026-10-02", "n/a"))
    assert _judged(company, "lead_score >= 50") == ("failed", 2, 2, None, ["1", "2"])


def test_each_type_is_read_from_the_histories_text(company: Company) -> None:
    company.night([lead("1")])
    _history(
        company,
        ("1", "recent_conversion_event_name", "2026-10-02", ""),
        ("1", "renewal_on", "2026-10-02", "2027-01-31"),
        ("1", "opted_in", "2026-10-02", "true"),
        ("1", "demo_at", "2026-10-02", "1790000000000"),
        ("1", "hubspot_owner_id", "2026-10-02", "8"),
    )
    must = (
        "intent is null and opted_in and renewal_on = date '2027-01-31' and owner_id is null"
        " and demo_at = timestamp '2026-09-21 14:13:20'"
    )
    assert _judged(company, must) == ("passed", 1, 0, None, [])


def test_present_and_entry_rules_of_one_stage_do_not_mix(company: Company) -> None:
    rules = [rule("now", "lead_score >= 50"), rule("then", "lead_score >= 50", judge="entry")]
    company.night([lead("1", lead_score=90)])
    _history(company, ("1", "hubspotscore", "2026-10-02", "10"))
    signed = agree(company.root, version("v1", "2026-01-01", {"marketing_qualified_lead": rules}))
    assert [row[:3] for row in company.judge(signed)] == [("passed", 1, 0), ("failed", 1, 1)]
