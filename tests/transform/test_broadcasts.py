"""Mass communication and visitors (ruling 31), and that a portal need not tell of either."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import agreement
import transform
from progress import Silent
from project import Project, Run
from tests.transform.conftest import AS_OF
from tests.transform.crm import Crm
from tests.transform.raw import at, write_raw
from warehouse import open_warehouse

Rows = Callable[..., list[dict[str, Any]]]


def records(crm: Crm) -> None:
    day = date(2026, 6, 30)
    crm.add("visits", day=day, source="PAID_SEARCH", visits=33, visitors=30)
    crm.add("visits", day=day, source="PAID_SOCIAL", visits=12)
    crm.add("visits", day=day, source="REFERRALS", visits=3)
    crm.add("visits", day=date(2026, 11, 26), source="REFERRALS", visits=99)
    crm.add(
        "marketing_emails", id="5", name="News", published_at=at("2026-10-01 15:00"), audience=900, opened=200
    )
    crm.add("marketing_emails", id="6", subject="Draft")
    crm.add(
        "content_analytics",
        content_type="page",
        content_id="8",
        name="Prices",
        day=day,
        views=70,
        contacts_created=4,
    )


def test_visitors_are_by_day_and_the_agreements_source(rows: Rows) -> None:
    found = [row for row in rows("funnel_daily") if row["visitors"] is not None]
    assert [(row["date"], row["source"], row["visitors"]) for row in found] == [
        (date(2026, 6, 30), "paid", 42),
        (date(2026, 6, 30), "referrals", 3),
    ]
    assert {(row["segment"], row["stage"]) for row in found} == {(None, "contact")}
    (june,) = rows("marketing_scorecard", kpi="visitors", month=date(2026, 6, 1))
    assert june["value"] == 45


def test_broadcasts_are_what_went_to_many(rows: Rows) -> None:
    (email,) = rows("broadcasts", medium="email")
    assert (email["name"], email["sent_on"], email["audience"]) == ("News", date(2026, 10, 2), 900)
    (page,) = rows("broadcasts", medium="page")
    assert (page["broadcast_id"], page["opened"], page["leads_created"]) == ("page-8", 70, 4)
    assert len(rows("broadcasts")) == 2


def test_a_portal_that_tells_of_none_builds_all_the_same(folder: Project, tmp_path: Path) -> None:
    (tmp_path / "agreement.yml").write_bytes(folder.agreement_file.read_bytes())
    project = Project(tmp_path)
    house = open_warehouse(project)
    write_raw(house, {})
    transform.build(project, agreement.load(project.agreement_file), house, Run("run-1", AS_OF), Silent())
    with house.connect() as connection:
        assert connection.sql("select count(*) from marts.broadcasts").fetchall() == [(0,)]
        failed = "select test_name from intermediate.data_test_results where verdict <> 'passed'"
        assert connection.sql(failed).fetchall() == []
