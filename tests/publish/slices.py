"""Tables behind the page's filters, filled at random, and what SQL says of any slice of them."""

from datetime import date
from typing import Any

import duckdb

from publish import Publication
from publish.report.formats import words
from tests.publish.company import OWNERS, SEGMENTS, SOURCES, STAGES

__all__ = ["FIRST_FIGURE", "add", "commitments", "funnel", "labels", "reps", "words"]
FIRST_FIGURE = {"commitments": 3, "funnel": 1, "reps": 1}
ADDED = """
    create table marts.sla_parts as
    select
        sla.commitment, sla.period_start, lead_id, leads.segment, leads.source, leads.lead_type, owner_id,
        owner_team as team,
        cast(case when sla.eligible is null then hash(lead_id) % 9000 / 8 else hash(lead_id) % 2 end as
        decimal(28, 6)) as part,
        cast(case when sla.eligible is not null then 1 + hash(lead_id || 'x') % 2 end as bigint) as eligible
    from marts.sla_compliance as sla
    inner join marts.leads as leads on hash(lead_id || sla.commitment || sla.period_start) % 11 = 0
    where sla.slice = 'all';

    update marts.sla_compliance as sla set actual = sums.actual
    from (
        select
            commitment, period_start,
            case when sum(eligible) is null then sum(part) else sum(part) / sum(eligible) end as actual
        from marts.sla_parts group by all
    ) as sums
    where sla.slice = 'all' and sla.commitment = sums.commitment and sla.period_start = sums.period_start;

    create table marts.funnel_daily as
    select
        cast(entered_at as date) as date, segment, source, stays.stage, cast(null as bigint) as visitors,
        count(*) as entered, count(*) filter (where hash(lead_id) % 3 > 0) as reached
    from marts.lifecycle_stages as stays inner join marts.leads as leads using (lead_id)
    group by all;

    create table marts.rep_weeks as
    select
        cast(date_trunc('week', handed_off_at) as date) as week, accountable_owner_id as owner_id,
        null::varchar as team, count(*) as handoffs, count(*) filter (where response_status = 'met') as met,
        count(*) filter (where response_status = 'breached') as breached,
        count(*) filter (where verdict = 'accepted') as accepted, 0::bigint as overdue_now,
        cast(count(*) * 1250.5 as decimal(28, 6)) as pipeline, cast(count(*) as decimal(28, 6)) as won
    from marts.lead_handoffs group by all;
"""


def add(connection: duckdb.DuckDBPyConnection) -> None:
    """Create them in the working file of a small company."""
    connection.execute(ADDED)


def labels(publication: Publication, name: str) -> dict[str, str]:
    """How the page writes each choice of a filter."""
    if name == "month":
        return {f"2026-{month:02}-01": date(2026, month, 1).strftime("%b %Y") for month in range(1, 13)}
    if name == "owner":
        return {owner: named for owner, (named, _) in OWNERS.items()}
    return {one: words(one) for one in (SEGMENTS if name == "segment" else SOURCES)}


def commitments(connection: duckdb.DuckDBPyConnection, choice: dict[str, str]) -> dict[str, list[Any]]:
    """Actual and eligible by commitment, over the periods that hold the month."""
    query = f"""
        select
            sla.department, sla.commitment,
            case
                when any_value(sla.eligible) is null then cast(coalesce(sum(part), 0) as double)
                else sum(part) / nullif(sum(parts.eligible), 0)
            end,
            case when any_value(sla.eligible) is not null then coalesce(sum(parts.eligible), 0) end
        from marts.sla_compliance as sla
        left join (select * from marts.sla_parts where {_where(choice, "owner_id")}) as parts
            on sla.commitment = parts.commitment and sla.period_start = parts.period_start
        where sla.slice = 'all' and ? between sla.period_start and sla.period_end
        group by all
    """
    rows = connection.execute(query, [choice["month"]]).fetchall()
    return {f"{words(department)} {words(name)}": list(figures) for department, name, *figures in rows}


def funnel(connection: duckdb.DuckDBPyConnection, choice: dict[str, str]) -> dict[str, list[Any]]:
    """Visitors, entries and arrivals by stage in the month."""
    query = f"""
        select stage, sum(coalesce(visitors, 0)), sum(entered), sum(reached) from marts.funnel_daily
        where date_trunc('month', date) = cast(? as date) and {_where(choice, None)}
        group by all
    """
    found = {
        stage: list(figures) for stage, *figures in connection.execute(query, [choice["month"]]).fetchall()
    }
    return {words(stage): found.get(stage, [0, 0, 0]) for stage in STAGES}


def reps(connection: duckdb.DuckDBPyConnection, choice: dict[str, str]) -> dict[str, list[Any]]:
    """All seven figures by rep, over the weeks that begin in the month."""
    owner = f"owner_id = '{choice['owner']}'" if "owner" in choice else "true"
    query = f"""
        select
            owner_id, sum(handoffs), sum(met), sum(breached), sum(accepted), sum(overdue_now), sum(pipeline),
            sum(won)
        from marts.rep_weeks where date_trunc('month', week) = cast(? as date) and {owner} group by all
    """
    rows = connection.execute(query, [choice["month"]]).fetchall()
    return {OWNERS[owner_id][0]: [float(one) for one in figures] for owner_id, *figures in rows}


def _where(choice: dict[str, str], owner: str | None) -> str:
    columns = {"segment": "segment", "source": "source"} | ({"owner": owner} if owner else {})
    parts = [f"{column} = '{choice[name]}'" for name, column in columns.items() if name in choice]
    return " and ".join(parts) or "true"
