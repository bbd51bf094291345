"""The judging marts of the made-up company, from its CRM over HTTP, against its story."""

import shutil
from dataclasses import dataclass
from datetime import datetime
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
from sandbox.server import running
from settings import HubSpot, Settings, Sources
from tests.transform.judging.funnel_reference import cohorts, daily
from tests.transform.judging.sla_reference import compliance
from tests.transform.judging.story import terms, told
from tests.transform.raw import Rows
from warehouse import Warehouse, open_warehouse

NOW = datetime.fromisoformat("2026-11-24T20:00:00")
SIGNED = Path(sandbox.__file__).parent / "agreement.yml"


@dataclass(frozen=True)
class Story:
    """What happened, and a warehouse with what the pipeline made of it."""

    agreement: Agreement
    tables: dict[str, Rows]
    warehouse: Warehouse

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with self.warehouse.connect() as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture(scope="module", params=[3])
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder = tmp_path_factory.mktemp("story")
    shutil.copy(SIGNED, folder / "agreement.yml")
    project, company = Project(folder), Company(600, seed=request.param)
    signed, warehouse, run = load(project.agreement_file), open_warehouse(project), Run("night", NOW)
    with running(company, now=NOW) as server:
        hubspot = HubSpot(access_token="pat-sandbox", base_url=server.base_url, quota_share=1)
        sync(project, signed, warehouse, Settings(sources=Sources(hubspot=hubspot)), run, Silent())
    transform.build(project, signed, warehouse, run, Silent())
    stages = tuple(stage.stage for stage in signed.stages)
    return Story(signed, told(company.truth(NOW, SIGNED), stages), warehouse)


def test_every_commitment_is_judged_as_the_story_says(story: Story) -> None:
    found = story.rows(
        "select commitment, period_start, slice, agreement_version, target, actual, eligible, attainment, "
        "status, is_provisional from marts.sla_compliance"
    )
    expected = compliance(terms(story.agreement, NOW), story.tables)
    assert {row[:3]: row[3:] for row in found} == expected


def test_the_funnel_is_the_storys(story: Story) -> None:
    zone = terms(story.agreement, NOW).zone
    found = story.rows("select date, segment, source, stage, entered, reached from marts.funnel_daily")
    assert {row[:4]: row[4:] for row in found} == daily(story.tables, zone)
    found = story.rows(
        "select cohort_month, segment, source, from_stage, to_stage, leads, converted, conversion "
        "from marts.funnel_cohorts"
    )
    expected = cohorts(story.tables, zone)
    assert {row[:4]: row[4:] for row in found} == {key: row[:4] for key, row in expected.items()}


def test_every_data_test_passes(story: Story) -> None:
    assert story.rows("select * from intermediate.data_test_results where verdict <> 'passed'") == []
