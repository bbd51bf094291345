"""One thing happens between two publications: every figure that moved, in every table, moved for that reason.

What happened is known because the test did it, before a minute in which no office is open.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.end_to_end.portal import NOW, Portal

TABLES = "select distinct table_name from audit.publication_changes order by 1"
CUSTOMERS = """
    select lead_id from marts.leads
    where stage = 'customer' and excluded_because is null and not is_archived and quarantined_by is null
        and lead_id in (select lead_id from marts.lead_handoffs where verdict = 'accepted')
    order by length(lead_id), lead_id
"""
# Companies of one person, so that one record moves one lead.
SMALL = """
    select company_id from marts.leads
    where segment = 'small_business' and excluded_because is null and not is_archived
        and quarantined_by is null and lead_id in (select lead_id from marts.lead_handoffs)
        and company_id in (select company_id from marts.leads group by company_id having count(*) = 1)
    order by length(lead_id), lead_id
"""
LEADS = """
    select lead_id from marts.leads
    where stage = 'lead' and excluded_because is null and not is_archived and owner_id is not null
        and lead_id not in (select lead_id from marts.lead_handoffs)
    order by length(lead_id), lead_id
"""


def _merge(portal: Portal) -> None:
    (winner,), (loser,) = portal.rows(CUSTOMERS)[:2]
    portal.server.desk.merge("contacts", int(winner), int(loser))


def _erase(portal: Portal) -> None:
    portal.server.desk.erase("contacts", int(portal.rows(CUSTOMERS)[-1][0]))


def _correct(portal: Portal) -> None:
    portal.server.desk.set("companies", int(portal.rows(SMALL)[0][0]), "numberofemployees", "5000")


def _learn_late(portal: Portal) -> None:
    """A stage of two days ago that comes to light with an edit of today."""
    lead = int(portal.rows(LEADS)[0][0])
    portal.server.desk.set("contacts", lead, "lifecyclestage", "opportunity", at=NOW - timedelta(days=2))
    portal.server.desk.set("contacts", lead, "city", "Cairns")


def _go_on(portal: Portal) -> None:
    portal.server.desk.set("contacts", int(portal.rows(LEADS)[-1][0]), "lifecyclestage", "opportunity")


FUNNEL = {"marts.funnel_daily", "marts.funnel_cohorts"}
CARDS = {"marts.marketing_scorecard", "marts.sales_scorecard"}
HAPPENINGS: tuple[tuple[str, Callable[[Portal], None], set[str]], ...] = (
    ("merged", _merge, FUNNEL | CARDS),
    ("deleted", _erase, FUNNEL | CARDS),
    ("corrected", _correct, FUNNEL),
    ("late", _learn_late, FUNNEL | {"marts.sales_scorecard"}),
    ("new", _go_on, FUNNEL | {"marts.sales_scorecard"}),
)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_what_happened_is_the_cause_of_all_that_moved(company: Portal) -> None:
    for minute, (cause, happen, moved) in enumerate(HAPPENINGS, start=1):
        now = NOW + timedelta(minutes=minute)
        company.server.set_now(now)
        happen(company)
        ended = company.night(now)
        assert ended.code == 0, ended.stderr
        others = company.rows(f"select * from audit.publication_changes where cause <> '{cause}'")
        assert others == [], cause
        assert {table for (table,) in company.rows(TABLES)} >= moved, cause
