"""The page's filters change its numbers to what SQL says of the same slice of the same publication."""

import math
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from agreement import Agreement
from progress import Silent
from project import Project, Run
from publish import Publication, publish
from publish.report.promises import Promises
from tests.publish import slices
from tests.publish.browser import Visit, browsing, visiting
from tests.publish.company import AS_OF, HOSTILE, Company
from tests.publish.judged import RUN_ID, judge
from warehouse import open_warehouse

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
AXE = files("axe_playwright_python") / "axe.min.js"
CHOICES: list[dict[str, str]] = [
    {"month": "2026-10-01"},
    {"month": "2026-11-01", "segment": "enterprise"},
    {"month": "2026-09-01", "source": "paid"},
    {"month": "2026-10-01", "owner": "101"},
    {"month": "2026-10-01", "segment": "mid_market", "source": "organic", "owner": "103"},
]
Cells = list[tuple[str, list[float | None]]]


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with browsing() as opened:
        yield opened


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory, signed: Agreement) -> Publication:
    """Four hundred leads, and the rows that filters are made of."""
    return _published(tmp_path_factory.mktemp("office"), signed, 400)


def _published(root: Path, signed: Agreement, leads: int, owners: int = 0) -> Publication:
    project = Project(root)
    warehouse = open_warehouse(project)
    company = Company()
    company.add_leads(leads)
    judge(company, signed)
    company.write(warehouse.path)
    with warehouse.connect() as connection:
        slices.add(connection)
        if owners:
            connection.execute(f"update marts.sla_parts set owner_id = 'o' || hash(lead_id) % {owners}")
    return publish(project, signed, warehouse, Run(RUN_ID, AS_OF), Silent())


def _choose(visit: Visit, publication: Publication, choice: dict[str, str]) -> None:
    """Pick by the text that people read."""
    for name in ("month", "segment", "source", "owner"):
        labels = slices.labels(publication, name)
        picker = visit.page.locator(f"#explore [name={name}]")
        if name in choice:
            picker.select_option(label=labels[choice[name]])
        else:
            picker.select_option(index=0)


def _cells(visit: Visit, table: str) -> Cells:
    script = """
        rows => rows.map(row => [...row.children].map(cell => [cell.textContent, cell.dataset.value ?? null]))
    """
    found = visit.page.locator(f"[data-table={table}] tbody tr").evaluate_all(script)
    return [
        (" ".join(text for text, value in row[:2]) if table == "commitments" else row[0][0], _values(row))
        for row in found
    ]


def _values(row: list[tuple[str, str | None]]) -> list[float | None]:
    return [None if value is None else float(value) for _, value in row]


def _same(one: float | None, other: float | None) -> bool:
    return one == other or (one is not None and other is not None and math.isclose(one, other, rel_tol=1e-9))


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: "+".join(choice.values()))
def test_numbers_are_those_of_the_slice(
    browser: "Browser", publication: Publication, choice: dict[str, str]
) -> None:
    with (
        visiting(browser, publication.report, 1440, 900) as visit,
        duckdb.connect(str(publication.database), read_only=True) as connection,
    ):
        _choose(visit, publication, choice)
        for table in ("commitments", "funnel", "reps"):
            expected = getattr(slices, table)(connection, choice)
            shown = dict(_cells(visit, table))
            assert len(expected) > 0
            assert shown.keys() == expected.keys()
            for name, numbers in expected.items():
                place = slices.FIRST_FIGURE[table]
                seen = shown[name][place : place + len(numbers)]
                assert all(map(_same, seen, numbers)), (table, name, seen, numbers)
        assert visit.complaints == []


def test_no_filter_is_the_published_figure(
    browser: "Browser", publication: Publication, signed: Agreement
) -> None:
    with (
        visiting(browser, publication.report, 1440, 900) as visit,
        duckdb.connect(str(publication.database), read_only=True) as connection,
    ):
        _choose(visit, publication, {"month": "2026-10-01"})
        query = """
            select commitment, cast(actual as double) from marts.sla_compliance
            where slice = 'all' and period_start = '2026-10-01' and period_end = '2026-10-31'
        """
        shown = {name.split(" ", 1)[1]: values[3] for name, values in _cells(visit, "commitments")}
        published = dict(connection.execute(query).fetchall())
        assert len(published) > 5
        for commitment, actual in published.items():
            value = shown[slices.words(commitment)]
            assert value == pytest.approx(actual, abs=1e-6)
            line = visit.page.locator("[data-table=commitments] tbody tr", has_text=slices.words(commitment))
            said = Promises(signed).figure("2026-Q3", commitment, value).replace(" ", "\u00a0")
            assert line.first.locator("td").nth(2).text_content() == said


def test_without_scripts_the_page_has_no_filters(browser: "Browser", publication: Publication) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(publication.report.as_uri())
    assert not page.locator("#explore").is_visible()
    assert page.locator("#commitments").is_visible()
    context.close()


def test_hostile_names_can_be_chosen_and_are_text(browser: "Browser", publication: Publication) -> None:
    with visiting(browser, publication.report, 390, 844) as visit:
        visit.page.locator("#explore [name=owner]").select_option(label=HOSTILE)
        assert HOSTILE in visit.page.locator("#explore [data-said]").inner_text()
        assert visit.complaints == []
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_serious_in_the_filters(
    browser: "Browser", publication: Publication, width: int
) -> None:
    with visiting(browser, publication.report, width, 844) as visit:
        visit.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = visit.page.evaluate("axe.run('#explore', {resultTypes: ['violations']})")
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []
    assert len(found["passes"]) > 10


@pytest.mark.slow
def test_a_hundred_thousand_leads_make_a_small_page_that_is_there_at_once(
    browser: "Browser", tmp_path_factory: pytest.TempPathFactory, signed: Agreement
) -> None:
    publication = _published(tmp_path_factory.mktemp("large"), signed, 100_000, owners=200)
    assert publication.report.stat().st_size < 5_000_000
    # The best of three: other programs take their time, too.
    assert min(_seconds_to_open(browser, publication) for _ in range(3)) < 2


def _seconds_to_open(browser: "Browser", publication: Publication) -> float:
    """Until the page is loaded, its filters are filled and one of them has been used."""
    with visiting(browser, publication.report, 1440, 900) as visit:
        started = visit.page.evaluate("performance.timeOrigin")
        visit.page.locator("#explore [name=owner]").select_option(index=1)
        done = visit.page.evaluate("performance.timeOrigin + performance.now()")
        assert visit.page.locator("[data-table=commitments] tbody tr").count() > 5
        assert visit.complaints == []
        return float(done - started) / 1000
