"""What there is to read after a night: status, violations, report, earlier publications."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.process import Smarketing, published, status_of

pytestmark = pytest.mark.slow


def test_status_is_for_people_and_programs(project: Path) -> None:
    said = Smarketing(project)("status")
    assert said.code == 0
    assert said.stdout.startswith(
        f"Published: {(project / 'published').readlink().name}, as of 2026-11-24 20:00:00"
    )
    assert max(map(len, said.stdout.splitlines())) <= 80
    found = status_of(project)
    assert found["at_work"] is None
    assert found["published"]["as_of"] == "2026-11-24T20:00:00.000Z"
    assert found["runs"][0]["status"] == "published"


def test_violations_are_the_published_ones(project: Path) -> None:
    command = Smarketing(project)
    rows = json.loads(command("violations", "--format", "json").stdout)
    open_ones = "select violation_id from audit.lead_quality_violations where resolved_at is null"
    assert {row["violation_id"] for row in rows} == {found for (found,) in published(project, open_ones)}
    assert rows, "the company breaks no rule: this test shows nothing"
    as_csv = list(csv.DictReader(io.StringIO(command("violations", "--format", "csv").stdout)))
    assert [row["violation_id"] for row in as_csv] == [row["violation_id"] for row in rows]


@pytest.mark.parametrize("column", ["rule", "stage", "department", "owner"])
def test_violations_can_be_narrowed(project: Path, column: str) -> None:
    command = Smarketing(project)
    rows = json.loads(command("violations", "--format", "json").stdout)
    field = "owner_name" if column == "owner" else column
    one = rows[0][field]
    narrowed = json.loads(command("violations", f"--{column}", one, "--format", "json").stdout)
    assert narrowed == [row for row in rows if row[field] == one]


def test_violations_since(project: Path) -> None:
    later = Smarketing(project)("violations", "--since", "2026-11-25", "--format", "json")
    assert json.loads(later.stdout) == []


def test_the_report_is_where_it_says(project: Path) -> None:
    said = Smarketing(project)("report")
    assert said.code == 0
    assert "<html" in Path(said.stdout.strip()).read_text(encoding="utf-8")


def test_rollback_and_back_again(project: Path) -> None:
    assert Smarketing(project)("publish").code == 0
    newest = (project / "published").readlink().name
    back = Smarketing(project)("rollback")
    assert back.code == 0
    assert (project / "published").readlink().name < newest
    again = Smarketing(project)("rollback", newest)
    assert again.code == 0
    assert (project / "published").readlink().name == newest
    unknown = Smarketing(project)("rollback", "20200101T000000.000Z")
    assert (unknown.code, unknown.stdout) == (2, "")
    assert newest in unknown.stderr
