"""Who is judged, by which version, with what tolerance, and what happens when a rule cannot be checked."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.expectations.company import AS_OF, Company, lead
from tests.expectations.signed import agree, one_rule, rule, version


def _numbers(company: Company, *, version_of: str = "v1") -> tuple[object, ...]:
    query = (
        "select evaluated, violations, waived, verdict from audit.rule_results where agreement_version = ?"
    )
    return company.sql(query, version_of)[0]


def test_only_leads_now_at_the_stage_or_beyond_are_judged(company: Company) -> None:
    company.night(
        [
            lead("1", email=None),
            lead("2", "customer", email=None),
            lead("3", "lead", email=None),
            lead("4", email=None, excluded_because="internal"),
            lead("5", email=None, is_archived=True),
            lead("6", "lead", email=None, became_marketing_qualified_lead_at=datetime(2026, 10, 1)),
        ]
    )
    company.check(one_rule(company.root, "email is not null"))
    assert _numbers(company) == (2, 2, 0, "failed")
    assert company.broken() == ["1", "2"]


@pytest.mark.parametrize(
    ("tolerance", "broken", "verdict"),
    [("20%", 2, "passed"), ("20%", 3, "failed"), ("0%", 1, "failed"), ("0%", 0, "passed")],
)
@pytest.mark.parametrize("must", ["email is not null", "email is not null and email <> ''"])
def test_a_rule_fails_above_its_tolerance_and_not_at_it(
    company: Company, must: str, tolerance: str, broken: int, verdict: str
) -> None:
    company.night([lead(str(n), email=None if n < broken else "x@example.com") for n in range(10)])
    outcome = company.check(one_rule(company.root, must, tolerance=tolerance))
    assert _numbers(company) == (10, broken, 0, verdict)
    assert bool(outcome.refusals) == (verdict == "failed")


def test_a_refusal_names_rule_numbers_department_and_first_leads(company: Company) -> None:
    company.night([lead(str(n), email=None if n > 3 else "x@example.com") for n in range(1, 13)])
    outcome = company.check(
        one_rule(company.root, "email is not null", tolerance="0.5%", because="Nobody to call.")
    )
    assert outcome.refusals == (
        "Rule r (marketing) is broken by 9 of 12 leads at marketing_qualified_lead or beyond: 75%, where "
        "version v1 tolerates 0.5%. Leads 4, 5, 6, 7, 8 and 4 more. Nobody to call.",
    )


def test_a_warning_never_refuses(company: Company) -> None:
    company.night([lead("1", email=None)])
    outcome = company.check(one_rule(company.root, "email is not null", severity="warning"))
    assert (outcome.results[0].verdict, outcome.refusals) == ("failed", ())
    assert company.broken() == ["1"]


def test_nobody_to_judge_is_passed_without_a_rate(company: Company) -> None:
    company.night([lead("1", "lead", email=None)])
    outcome = company.check(one_rule(company.root, "email is not null"))
    assert (outcome.results[0].verdict, outcome.results[0].rate, outcome.refusals) == ("passed", None, ())


def test_each_version_judges_the_leads_that_reached_the_stage_under_it(company: Company) -> None:
    first = version("v1", "2026-01-01", {"marketing_qualified_lead": [rule("r", "email is not null")]})
    second = version("v2", "2026-10-10", {"marketing_qualified_lead": [rule("r", "phone is not null")]})
    future = version("v3", "2027-01-01", {"marketing_qualified_lead": [rule("r", "false")]})
    midnight = datetime(2026, 10, 9, 14)  # 10 October in Brisbane
    early: dict[str, Any] = {"became_marketing_qualified_lead_at": midnight - timedelta(milliseconds=1)}
    late: dict[str, Any] = {"became_marketing_qualified_lead_at": midnight}
    long_ago: dict[str, Any] = {"became_marketing_qualified_lead_at": datetime(2025, 1, 1)}
    later_first: dict[str, Any] = late | {"became_sales_qualified_lead_at": midnight - timedelta(days=1)}
    company.night(
        [
            lead("1", email=None, **early),
            lead("2", phone=None, **early),
            lead("3", email=None, **late),
            lead("4", phone=None, **late),
            lead("5", "sales_qualified_lead", phone=None, **later_first),
            lead("6", phone=None, email=None, **long_ago),
        ]
    )
    company.check(agree(company.root, first, second, future))
    assert _numbers(company, version_of="v1") == (3, 1, 0, "failed")
    assert _numbers(company, version_of="v2") == (2, 1, 0, "failed")
    assert company.broken() == ["1", "4"]


def test_a_rule_that_cannot_be_worked_out_is_an_error_that_refuses_and_keeps_its_spells(
    company: Company,
) -> None:
    signed = one_rule(company.root, "employees > 3", severity="warning")
    company.night([lead("1", employees=1), lead("2", employees=4)])
    company.check(signed, AS_OF - timedelta(days=1))
    assert company.broken() == ["1"]
    company.sql("alter table marts.leads alter column employees type varchar")
    company.sql("update marts.leads set employees = 'many' where lead_id = '2'")
    outcome = company.check(signed, AS_OF)
    assert outcome.results[0].verdict == "error"
    assert outcome.results[0].evaluated is None
    assert len(outcome.refusals) == 1
    assert "could not be checked" in outcome.refusals[0]
    assert company.broken() == ["1"]
    assert company.sql("select last_seen_at from audit.lead_quality_violations") == [
        (AS_OF - timedelta(days=1),)
    ]


def test_waived_violations_are_listed_and_not_counted_until_the_waiver_runs_out(company: Company) -> None:
    today = date(2026, 11, 25)  # in Brisbane, at AS_OF
    rules = {"marketing_qualified_lead": [rule("r", "email is not null")]}
    waiver = {"rule": "r", "lead": "1", "until": today, "reason": "Badge scan"}
    signed = agree(company.root, version("v1", "2026-01-01", rules, [waiver]))
    company.night([lead("1", email=None), lead("2")])
    assert company.check(signed).refusals == ()
    assert _numbers(company) == (2, 0, 1, "passed")
    assert company.sql("select waived_until from audit.lead_quality_violations") == [(today,)]
    assert company.check(signed, AS_OF + timedelta(days=1)).refusals != ()
    assert _numbers(company) == (2, 1, 0, "failed")


def test_a_lead_in_quarantine_is_judged_all_the_same(company: Company) -> None:
    company.night([lead("1", owner_id=None, quarantined_by="r"), lead("2", quarantined_by="r")])
    signed = one_rule(company.root, "owner_id is not null", quarantine=True, tolerance="60%")
    (result,) = company.check(signed).results
    assert (result.evaluated, result.violations, result.verdict) == (2, 1, "passed")
    assert company.broken() == ["1"]
