"""The judging marts of made-up companies against their stories: a small one over HTTP, big ones at once."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import sandbox
import transform
from agreement import Agreement, load
from extract import sync
from progress import Silent
from project import Project, Run
from sandbox.company import Company
from sandbox.judging.shapes import BroadcastTruth, TouchTruth
from sandbox.server import running
from sandbox.truth import Truth
from settings import HubSpot, Settings, Sources
from tests.transform.judging import test_rep_weeks, test_weak_spots
from tests.transform.judging.filled import fill
from tests.transform.judging.funnel_reference import cohorts, daily
from tests.transform.judging.scorecard_reference import kpis
from tests.transform.judging.sla_reference import compliance
from tests.transform.judging.story import set_apart, terms, told
from tests.transform.raw import Rows
from warehouse import Warehouse, open_warehouse

NOW = datetime.fromisoformat("2026-11-24T20:00:00")
QUARANTINED = ("mql_score", "mql_country", "sql_has_owner")
SIGNED = Path(sandbox.__file__).parent / "agreement.yml"
BIG = [
    pytest.param((20_000, seed), marks=pytest.mark.slow, id=f"20000_leads_of_seed_{seed}")
    for seed in (1, 2, 3)
]


@dataclass(frozen=True)
class Story:
    """What happened, and a warehouse with what the pipeline made of it."""

    agreement: Agreement
    tables: dict[str, Rows]
    truth: Truth
    warehouse: Warehouse

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with self.warehouse.connect() as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture(scope="module", params=[pytest.param((600, 3), id="600_leads_over_http"), *BIG])
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """A company under its agreement, in which some rules set apart whoever breaks them."""
    leads, seed = request.param
    folder, company = tmp_path_factory.mktemp("story"), Company(leads, seed=seed)
    text = SIGNED.read_text(encoding="utf-8")
    for rule in QUARANTINED:
        text = text.replace(f"- rule: {rule}\n", f"- rule: {rule}\n          quarantine: true\n")
    (folder / "agreement.yml").write_text(text, encoding="utf-8")
    project = Project(folder)
    signed, warehouse, run = load(project.agreement_file), open_warehouse(project), Run("night", NOW)
    if leads < 1_000:
        with running(company, now=NOW) as server:
            hubspot = HubSpot(access_token="pat-sandbox", base_url=server.base_url, quota_share=1)
            sync(project, signed, warehouse, Settings(sources=Sources(hubspot=hubspot)), run, Silent())
    else:
        fill(warehouse, company, NOW)
    transform.build(project, signed, warehouse, run, Silent())
    stages = tuple(stage.stage for stage in signed.stages)
    truth = company.truth(NOW, SIGNED)
    tables = told(truth, stages, set_apart(truth, QUARANTINED))
    return Story(signed, tables, truth, warehouse)


def test_leads_stays_deals_and_handoffs_are_the_storys(story: Story) -> None:
    for mart, rows in story.tables.items():
        columns = list(rows[0])
        found = story.rows(f"select {', '.join(columns)} from {mart}")
        expected = [tuple(row[column] for column in columns) for row in rows]
        assert sorted(found, key=repr) == sorted(expected, key=repr), mart


def test_leads_are_set_apart_by_the_rules_that_say_so(story: Story) -> None:
    apart = {lead["quarantined_by"] for lead in story.tables["marts.leads"]}
    assert {None} < apart <= {None, *QUARANTINED}
    assert len(apart) > 2


def test_every_commitment_is_judged_as_the_story_says(story: Story) -> None:
    found = story.rows(
        "select commitment, period_start, slice, agreement_version, target, actual, eligible, attainment, "
        "status, is_provisional from marts.sla_compliance"
    )
    expected = compliance(terms(story.agreement, NOW), story.tables)
    assert {row[:3]: row[3:] for row in found} == expected


def test_the_funnel_is_the_storys(story: Story) -> None:
    zone = terms(story.agreement, NOW).zone
    found = story.rows(
        "select date, segment, source, stage, entered, reached from marts.funnel_daily"
        " where entered > 0 or reached > 0"
    )
    assert {row[:4]: row[4:] for row in found} == daily(story.tables, zone)
    found = story.rows(
        "select cohort_month, segment, source, from_stage, to_stage, leads, converted, conversion "
        "from marts.funnel_cohorts"
    )
    expected = cohorts(story.tables, zone)
    assert {row[:4]: row[4:] for row in found} == {key: row[:4] for key, row in expected.items()}


def test_visitors_are_the_storys(story: Story) -> None:
    found = story.rows("select date, source, visitors from marts.funnel_daily where visitors is not null")
    told = [(visit.day, visit.source, visit.visitors) for visit in story.truth.visits]
    assert sorted(found) == sorted(told)


def test_broadcasts_are_the_storys(story: Story) -> None:
    columns = [field.name for field in fields(BroadcastTruth) if field.name != "broadcast_id"]
    found = story.rows(
        f"select broadcast_id, {', '.join(columns)} from marts.broadcasts where medium <> 'ad'"
    )
    told = [
        (f"{each.medium}-{each.broadcast_id}", *(getattr(each, name) for name in columns))
        for each in story.truth.broadcasts
    ]
    assert sorted(found, key=repr) == sorted(told, key=repr)


def test_touches_are_the_storys(story: Story) -> None:
    columns = [
        field.name for field in fields(TouchTruth) if field.name not in {"engagement_type", "engagement_id"}
    ]
    found = story.rows(f"select {', '.join(columns)} from marts.touches")
    told = [tuple(getattr(touch, name) for name in columns) for touch in story.truth.touches]
    assert sorted(found, key=repr) == sorted(told, key=repr)


def test_scorecards_are_the_storys(story: Story) -> None:
    """Where nothing happened there is no figure, or a count of none."""
    zone = terms(story.agreement, NOW).zone
    cards: dict[tuple[date, str], Decimal | None] = {}
    for department in ("marketing", "sales"):
        query = f"select month, kpi, value from marts.{department}_scorecard"
        cards |= {row[:2]: row[2] for row in story.rows(query)}
    expected = kpis(story.tables, zone)
    for visit in story.truth.visits:
        month = (visit.day.replace(day=1), "visitors")
        expected[month] = (expected.get(month) or Decimal(0)) + visit.visitors
    assert len(expected) > 100
    for key, value in cards.items():
        if key[1] not in ("cost", "cost_per_lead", "cost_per_mql", "cost_per_customer"):
            wanted = expected.pop(key, None)
            close = Decimal("0.00001") if key[1].startswith("median") else Decimal(0)
            assert abs((value or Decimal(0)) - (wanted or Decimal(0))) <= close, key
    assert expected == {}


def test_every_week_of_every_owner_is_the_storys(story: Story) -> None:
    figures = test_rep_weeks.FIGURES
    wanted = test_rep_weeks.expected(story.tables, set(), terms(story.agreement, NOW).zone)
    found = story.rows(f"select week, owner_id, {', '.join(figures)} from marts.rep_weeks")
    assert {row[:2] for row in found} == set(wanted)
    for row in found:
        assert dict(zip(figures, row[2:], strict=True)) == {name: wanted[row[:2]][name] for name in figures}


def test_weak_spots_are_the_storys(story: Story) -> None:
    zone, after = terms(story.agreement, NOW).zone, story.agreement.mature_after_days
    leads, converted = test_weak_spots.slices(story.tables, after, NOW, zone)
    test_weak_spots.compare(story.rows(test_weak_spots.FOUND), leads, converted)


def test_every_data_test_passes(story: Story) -> None:
    assert story.rows("select * from intermediate.data_test_results where verdict <> 'passed'") == []
