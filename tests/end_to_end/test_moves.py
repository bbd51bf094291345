"""A week of a made-up company: every figure that moved is taken apart without a remainder."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from sandbox.company import Company
from sandbox.server import running
from tests.end_to_end.portal import NOW, SIGNED, Portal, new_folder

FIGURES = """
    select 'marts.sla_compliance', commitment, period_start, slice, actual from marts.sla_compliance
    union all
    select 'marts.marketing_scorecard', kpi, month, 'all', value from marts.marketing_scorecard
    union all
    select 'marts.sales_scorecard', kpi, month, 'all', value from marts.sales_scorecard
    union all
    select
        'marts.funnel_daily', stage || '_' || counted, cast(date_trunc('month', date) as date), slice,
        cast(sum(leads) as decimal(28, 6))
    from (
        select date, stage, unnest(['entered', 'reached']) as counted, unnest([entered, reached]) as leads,
            segment, source
        from marts.funnel_daily
    ) as counted
    cross join lateral (
        select 'all' as slice
        union all select 'segment=' || segment where segment is not null
        union all select 'source=' || source where source is not null
    ) as slices
    group by all
    union all
    select 'marts.rep_weeks', name, week, slice, cast(sum(value) as decimal(28, 6))
    from (
        select week, owner_id,
            unnest([handoffs, met, breached, accepted, overdue_now, pipeline, won]) as value,
            unnest(['handoffs', 'met', 'breached', 'accepted', 'overdue_now', 'pipeline', 'won']) as name
        from marts.rep_weeks
    )
    cross join lateral (select 'all' as slice union all select 'owner=' || owner_id)
    group by all
    union all
    select 'marts.funnel_cohorts', from_stage || '_to_' || to_stage || '_' || name, cohort_month,
        'segment=' || coalesce(segment, '?') || ', source=' || coalesce(source, '?'), value
    from marts.funnel_cohorts
    cross join lateral (
        select 'leads' as name, cast(leads as decimal(28, 6)) as value
        union all select 'converted', converted
        union all select 'conversion', conversion
        union all select 'median_days', median_days
        union all select 'p90_days', p90_days
    )
    union all
    select 'marts.weak_spots', from_stage || '_to_' || to_stage || '_' || name, null,
        dimension || '=' || slice, value
    from marts.weak_spots
    cross join lateral (
        select 'leads' as name, cast(leads as decimal(28, 6)) as value
        union all select 'conversion', conversion
        union all select 'baseline', baseline
        union all select 'low', low
        union all select 'high', high
    )
"""
CHANGES = """
    select table_name, name, period_start, slice, any_value(before), any_value(after), sum(change)
    from audit.publication_changes
    where (name <> 'visitors' or table_name <> 'marts.funnel_daily')
        and (table_name <> 'marts.funnel_cohorts' or slice <> 'all')
    group by all
"""
# Days bring visitors and costs, and a median has no parts: every other change is one of leads.
UNEXPLAINED = """
    select * from audit.publication_changes
    where leads = 0 and name <> 'visitors' and name not like 'cost%' and name not like 'median%'
        and right(name, 5) <> '_days' and right(name, 9) <> '_baseline'
"""
Key = tuple[object, ...]


def _figures(portal: Portal) -> dict[Key, Decimal | None]:
    return {tuple(key): actual for *key, actual in portal.rows(FIGURES)}


def _assert_explained(before: dict[Key, Decimal | None], portal: Portal) -> None:
    after = _figures(portal)
    moved = {
        key for key in before | after if (before.get(key) or Decimal(0)) != (after.get(key) or Decimal(0))
    }
    changes = {
        tuple(key): rest for *key, then, now, change in portal.rows(CHANGES) for rest in [(then, now, change)]
    }
    assert changes.keys() == moved
    assert portal.rows(UNEXPLAINED) == []
    for key, (then, now, change) in changes.items():
        assert (then, now) == (before.get(key), after.get(key))
        assert change == (now or Decimal(0)) - (then or Decimal(0))


@pytest.mark.slow
def test_a_weeks_changes_add_up_in_every_slice(tmp_path_factory: pytest.TempPathFactory) -> None:
    company, start = Company(500, seed=6), NOW - timedelta(days=14)
    with running(company, now=start) as server:
        folder = new_folder(tmp_path_factory.mktemp("moves") / "sla", SIGNED.read_text(encoding="utf-8"))
        portal = Portal(company, server, folder)
        assert portal.night(start).code == 0
        assert portal.rows("select count(*) from audit.publication_changes") == [(0,)]
        before = _figures(portal)
        assert portal.night(start + timedelta(days=7)).code == 0
        _assert_explained(before, portal)
        causes = {cause for (cause,) in portal.rows("select distinct cause from audit.publication_changes")}
        assert "new" in causes
        assert "agreement" not in causes
        _assert_a_changed_agreement_is_told_apart(portal, start + timedelta(days=7))


def _assert_a_changed_agreement_is_told_apart(portal: Portal, now: datetime) -> None:
    """The same instant, a stricter promise: only the agreement moved, and only what it promises."""
    before, file = _figures(portal), portal.folder / "agreement.yml"
    said = file.read_text(encoding="utf-8")
    stricter = said.replace("respond_within: 4 business hours", "respond_within: 20 business minutes")
    assert stricter != said
    file.write_text(stricter, encoding="utf-8")
    assert portal.night(now).code == 0
    _assert_explained(before, portal)
    moved = portal.rows("select distinct name, cause from audit.publication_changes")
    assert {cause for _, cause in moved} == {"agreement"}
    weekly = {"met", "breached"}
    assert {name for name, _ in moved} - {"overdue_now"} == {"first_response", "response_share", *weekly}
