"""A changed version changes only figures from the day on that it takes effect."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest

import expectations
import extract
import transform
from agreement import Agreement, loads
from progress import Silent
from project import Project, Run
from sandbox.company import Company
from sandbox.server import running
from settings import HubSpot, Settings, Sources
from tests.end_to_end.portal import NOW, SIGNED
from warehouse import open_warehouse

pytestmark = pytest.mark.slow
BEGINS = "  - version: 2026-Q3"
EFFECTIVE_FROM = date(2026, 7, 1)
EFFECTIVE_AT = datetime(2026, 6, 30, 14)  # midnight in Brisbane
CHANGES = {
    "lead_score >= 50": "lead_score >= 70",
    "must: employees is not null": "must: employees >= 20",
    "target: 30, per: month": "target: 45, per: month",
    "{segment: {enterprise: 4}}": "{segment: {enterprise: 9}}",
    "accepted_share: 65%": "accepted_share: 90%",
    "target: 500000": "target: 900000",
    "respond_within: 30 business minutes": "respond_within: 5 business minutes",
    "respond_within: 4 business hours": "respond_within: 1 business hours",
    "attempts: 5, across_days: 3": "attempts: 3, across_days: 1",
    "decide_within: 3 business days": "decide_within: 1 business days",
    "2026-09: 4, 2026-10: 4": "2026-09: 6, 2026-10: 7",
    "target: 200000": "target: 350000",
    "assign_within: 15 business minutes": "assign_within: 2 business minutes",
}
# By which column a row is dated, and from when on it may differ. A week may begin before the version does.
DATED: dict[str, tuple[str, date | datetime]] = {
    "marts.lead_handoffs": ("handed_off_at", EFFECTIVE_AT),
    "marts.lead_clocks": ("handed_off_at", EFFECTIVE_AT),
    "marts.sla_compliance": ("period_start", EFFECTIVE_FROM),
    "marts.sla_parts": ("period_start", EFFECTIVE_FROM),
    "marts.marketing_scorecard": ("month", EFFECTIVE_FROM),
    "marts.sales_scorecard": ("month", EFFECTIVE_FROM),
    "marts.rep_weeks": ("week", EFFECTIVE_FROM - timedelta(days=6)),
}
TABLES = "select schema_name || '.' || table_name from duckdb_tables() where schema_name = 'marts' order by 1"
Rows = list[dict[str, Any]]
Tables = dict[str, Rows]


@dataclass(frozen=True)
class Nights:
    """What was built with the agreement as it is, and with the changed one, from the same records."""

    signed: Tables
    changed: Tables


def changed_text() -> str:
    before, begins, version = SIGNED.read_text(encoding="utf-8").partition(BEGINS)
    for old, new in CHANGES.items():
        assert version.count(old) == 1, old
        version = version.replace(old, new)
    return before + begins + version


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    """One sync of a small company, built and checked twice."""
    project = Project(tmp_path_factory.mktemp("changed"))
    warehouse, run = open_warehouse(project), Run("run-1", NOW)
    agreements = [loads(SIGNED.read_text(encoding="utf-8")), loads(changed_text())]
    with running(Company(300, seed=6), now=NOW) as crm:
        hubspot = HubSpot.model_validate({"access_token": crm.token, "base_url": crm.base_url})
        settings = Settings(sources=Sources(hubspot=hubspot))
        extract.sync(project, agreements[0], warehouse, settings, run, Silent())
    yield Nights(*(_judged(project, one) for one in agreements))


def _judged(project: Project, agreement: Agreement) -> Tables:
    found: Tables = {}
    warehouse, run = open_warehouse(project), Run("run-1", NOW)
    transform.build(project, agreement, warehouse, run, Silent())
    expectations.check(project, agreement, warehouse, run, Silent())
    with warehouse.connect() as connection:
        names = [*(name for (name,) in connection.execute(TABLES).fetchall()), "audit.rule_results"]
        for name in names:
            rows = connection.execute(f"select * from {name} order by all")
            columns = [column[0] for column in rows.description]
            found[name] = [dict(zip(columns, row, strict=True)) for row in rows.fetchall()]
    _date_clocks(found)
    return found


def _date_clocks(tables: Tables) -> None:
    """A clock is judged by the version in force at its handoff."""
    handed_off = {row["handoff_id"]: row["handed_off_at"] for row in tables["marts.lead_handoffs"]}
    for clock in tables["marts.lead_clocks"]:
        clock["handed_off_at"] = handed_off[clock["handoff_id"]]


def dated(rows: Rows, table: str) -> tuple[Rows, Rows]:
    """Rows from before the version took effect, and the others."""
    column, instant = DATED[table]
    return [row for row in rows if row[column] < instant], [row for row in rows if row[column] >= instant]


def test_both_agreements_build_the_same_tables(nights: Nights) -> None:
    assert nights.signed.keys() == nights.changed.keys() > DATED.keys()
    assert all(nights.signed[name] for name in DATED)


@pytest.mark.parametrize("table", DATED)
def test_what_is_dated_earlier_stays_and_some_of_the_rest_changes(nights: Nights, table: str) -> None:
    before, after = dated(nights.signed[table], table)
    still_before, now_after = dated(nights.changed[table], table)
    assert before
    assert still_before == before
    assert now_after != after


def test_rules_judge_earlier_leads_as_they_did(nights: Nights) -> None:
    def by_version(tables: Tables, version: str) -> Rows:
        kept = [row for row in tables["audit.rule_results"] if row["agreement_version"] == version]
        return [{name: value for name, value in row.items() if name != "checked_at"} for row in kept]

    assert by_version(nights.signed, "2025-Q3")
    assert by_version(nights.changed, "2025-Q3") == by_version(nights.signed, "2025-Q3")
    assert by_version(nights.changed, "2026-Q3") != by_version(nights.signed, "2026-Q3")


def test_facts_do_not_depend_on_promises(nights: Nights) -> None:
    for table in nights.signed.keys() - DATED.keys() - {"audit.rule_results"}:
        assert nights.changed[table] == nights.signed[table], table
