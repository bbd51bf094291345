"""The report in a browser: it opens from disk, reaches for nothing, fits, and can be read by everybody."""

from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from agreement import Agreement
from progress import Silent
from project import Project, Run
from publish import Publication, publish
from tests.publish.browser import browsing, visiting
from tests.publish.company import AS_OF, HOSTILE, Company
from tests.publish.judged import RUN_ID, judge
from warehouse import open_warehouse

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
AXE = files("axe_playwright_python") / "axe.min.js"
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with browsing() as opened:
        yield opened


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, signed: Agreement) -> dict[str, Publication]:
    """One published, and on top of it a refused one."""
    project = Project(tmp_path_factory.mktemp("office"))
    warehouse = open_warehouse(project)
    company = Company()
    company.add_leads(600)
    judge(company, signed, failing="mql_reachable")
    company.write(warehouse.path)
    run, refusals = Run(RUN_ID, AS_OF), ("Rule mql_reachable: 11.2% of the leads judged break it, 2% may.",)
    return {
        "published": publish(project, signed, warehouse, run, Silent()),
        "refused": publish(project, signed, warehouse, run, Silent(), refusals=refusals),
    }


@pytest.fixture(params=["published", "refused"])
def report(request: pytest.FixtureRequest, published: dict[str, Publication]) -> Path:
    """Each report in turn."""
    return published[request.param].report


@pytest.mark.parametrize("size", SIZES)
def test_it_opens_from_disk_without_a_complaint_and_fits(browser: "Browser", report: Path, size: str) -> None:
    with visiting(browser, report, *SIZES[size]) as visit:
        width = visit.page.evaluate("document.documentElement.scrollWidth")
        assert width <= SIZES[size][0]
        assert visit.complaints == []


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_serious(browser: "Browser", report: Path, size: str) -> None:
    with visiting(browser, report, *SIZES[size]) as visit:
        visit.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        visit.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = visit.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    said = [
        (violation["id"], violation["impact"], violation["nodes"][0]["html"][:300])
        for violation in found["violations"]
    ]
    assert said == []
    assert len(found["passes"]) > 20


def test_the_answer_is_on_the_first_screen(browser: "Browser", published: dict[str, Publication]) -> None:
    with visiting(browser, published["published"].report, *SIZES["desktop"]) as visit:
        for text in ("Marketing", "Sales", "Contact", "Customer"):
            box = visit.page.locator(".first").get_by_text(text, exact=True).first.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] < SIZES["desktop"][1]


def test_a_refusal_comes_first_and_names_the_leads(
    browser: "Browser", published: dict[str, Publication]
) -> None:
    with visiting(browser, published["refused"].report, *SIZES["desktop"]) as visit:
        notice = visit.page.locator(".refused")
        box = notice.bounding_box()
        assert box is not None
        assert box["y"] < 200
        said = notice.inner_text()
        assert "11.2% of the leads judged break it" in said
        assert "7000" in said
        assert published["published"].publication_id in said


def test_every_chart_is_drawn_in_the_width_it_is_for(
    browser: "Browser", published: dict[str, Publication]
) -> None:
    for size, shown in (("desktop", "wide"), ("phone", "narrow")):
        with visiting(browser, published["published"].report, *SIZES[size]) as visit:
            pictures = visit.page.locator(".picture:visible")
            assert pictures.count() == 3
            for picture in pictures.all():
                assert shown in (picture.get_attribute("class") or "")
                assert picture.get_attribute("aria-label")
                assert picture.locator("svg path").count() > 5


def test_headings_are_in_order_and_sections_can_be_jumped_to(browser: "Browser", report: Path) -> None:
    with visiting(browser, report, *SIZES["desktop"]) as visit:
        levels = visit.page.evaluate(
            "[...document.querySelectorAll('h1,h2,h3,h4')].map(heading => +heading.tagName[1])"
        )
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        broken = visit.page.evaluate(
            "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
            ".filter(id => !document.getElementById(id))"
        )
        assert broken == []
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("document.activeElement.className") == "skip"


def test_hostile_names_are_text(browser: "Browser", published: dict[str, Publication]) -> None:
    for publication in published.values():
        with visiting(browser, publication.report, *SIZES["desktop"]) as visit:
            assert visit.page.locator("script").count() == 0
            assert visit.page.get_by_text(HOSTILE, exact=True).count() > 0
    assert "<script" not in published["published"].report.read_text()


def test_ids_are_unique(browser: "Browser", published: dict[str, Publication]) -> None:
    with visiting(browser, published["published"].report, *SIZES["desktop"]) as visit:
        ids = visit.page.evaluate("[...document.querySelectorAll('[id]')].map(element => element.id)")
        assert sorted(set(ids)) == sorted(ids)
