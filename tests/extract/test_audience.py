"""Visits, views and mass emails: what the story has, day by day, and what of it is read again."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from sandbox.audience.website import SOURCES
from sandbox.company import Company
from sandbox.judging.facts import source_name
from sandbox.server import SandboxServer
from tests.extract.conftest import NOW, Night
from tests.extract.truth import assert_equal, stored

LATER = NOW + timedelta(days=5)


def _rows(night: Night, columns: str, table: str) -> list[tuple[Any, ...]]:
    with night.warehouse.connect() as connection:
        return connection.execute(f"select {columns} from raw_hubspot.{table} order by all").fetchall()


def assert_reach_is_the_storys(night: Night, company: Company, now: Any) -> None:
    truth = company.truth(now)
    visits: Counter[tuple[date, str]] = Counter()
    visitors: Counter[tuple[date, str]] = Counter()
    for day, source, came, people in _rows(night, "day, source, visits, visitors", "visits"):
        assert source in SOURCES
        visits[day, source_name(source)] += came
        visitors[day, source_name(source)] += people
    assert visits == {(each.day, each.source): each.visits for each in truth.visits}
    assert visitors == {(each.day, each.source): each.visitors for each in truth.visits}
    views = "content_type, content_id, name, day, views, contacts_created"
    assert _rows(night, views, "content_analytics") == sorted(
        (each.medium, each.broadcast_id, each.name, each.sent_on, each.opened, each.leads_created)
        for each in truth.broadcasts
        if each.medium != "email"
    )
    figures = "id, name, audience, delivered, opened, clicked"
    assert _rows(night, figures, "marketing_emails") == sorted(
        (each.broadcast_id, each.name, each.audience, each.delivered, each.opened, each.clicked)
        for each in truth.broadcasts
        if each.medium == "email"
    )


def test_later_nights_read_only_the_days_that_may_still_move(
    night: Night, crm: SandboxServer, company: Company
) -> None:
    night.sync()
    assert_reach_is_the_storys(night, company, NOW)
    crm.set_now(LATER)
    crm.portal.requests.clear()
    night.sync(LATER)
    assert_reach_is_the_storys(night, company, LATER)
    asked = crm.requests()
    assert {path: count for path, count in asked.items() if "analytics" in path} == {
        f"GET /analytics/v2/reports/{what}/daily": 1
        for what in ("sources", "landing-pages", "standard-pages", "blog-posts")
    }


def test_figures_that_the_portal_takes_back_go(night: Night, crm: SandboxServer, company: Company) -> None:
    night.sync()
    with night.warehouse.connect() as connection:
        for day in ("2026-11-20", "2026-01-20"):
            connection.execute("insert into raw_hubspot.visits values (?, 'REFUTED', 3, 2)", [day])
        connection.execute("update raw_hubspot.visits set visits = 0 where day = '2026-11-19'")
    night.sync()
    refuted = [row for row in stored(night.warehouse, "visits") if row[1] == "REFUTED"]
    assert [row[0] for row in refuted] == [date(2026, 1, 20)]  # so old figures stand


def test_a_portal_without_them_goes_on_without_them(
    night: Night, crm: SandboxServer, company: Company
) -> None:
    lacking = {"business-intelligence", "content", "crm.objects.leads.read"}
    crm.portal.tokens["pat-sandbox"] = frozenset(lacking)
    night.sync()
    for table in ("visits", "content_analytics", "marketing_emails", "leads"):
        assert stored(night.warehouse, table) == [], table
    assert stored(night.warehouse, "feedback_submissions") != []
    with night.warehouse.connect() as connection:
        absent = connection.execute(
            "select object, detail from audit.sync_proof where verdict = 'absent' order by object"
        ).fetchall()
    assert [name for name, _ in absent] == ["content_analytics", "leads", "marketing_emails", "visits"]
    assert all("scope" in why for _, why in absent)

    crm.portal.tokens["pat-sandbox"] = frozenset()
    night.sync()
    assert_reach_is_the_storys(night, company, NOW)
    assert_equal(night.warehouse, crm)
    crm.portal.tokens["pat-sandbox"] = frozenset(lacking)
    night.sync()
    assert_reach_is_the_storys(night, company, NOW)  # as it was read last
    assert stored(night.warehouse, "leads") != []
