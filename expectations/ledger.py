"""The ledger of broken rules: a row for each lead, rule and spell, from last night's and tonight.

It is a function of the ledger before and of tonight's violations: the same night twice changes nothing.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from expectations.sql import instant, text

if TYPE_CHECKING:
    import duckdb

TABLE = "audit.lead_quality_violations"
COLUMNS = (
    "violation_id varchar, lead_id varchar, rule varchar, stage varchar, department varchar,"
    " severity varchar, owner_id varchar, agreement_version varchar, observed varchar, changed_by varchar,"
    " first_seen_at timestamp, last_seen_at timestamp, resolved_at timestamp, reopened boolean,"
    " waived_until date"
)


def create_ledger(connection: "duckdb.DuckDBPyConnection") -> None:
    """The table, where there is none yet."""
    connection.execute(f"create table if not exists {TABLE} ({COLUMNS})")


def latest_night(connection: "duckdb.DuckDBPyConnection") -> datetime | None:
    """The newest instant the ledger speaks of."""
    row = connection.execute(
        f"select greatest(max(last_seen_at), max(coalesce(resolved_at, last_seen_at))) from {TABLE}"
    ).fetchone()
    return row[0] if row else None


def update_ledger(
    connection: "duckdb.DuckDBPyConnection",
    as_of: datetime,
    unchecked: tuple[tuple[str, str], ...],
    *,
    purge: bool,
) -> None:
    """Put tonight into the ledger, in one transaction.

    `unchecked` are rules and versions that could not be judged: their spells stay as they are. So do those of
    leads that are nowhere to be seen, unless `purge`: then they were deleted for privacy, and nothing stays.
    """
    connection.execute("create table checks.unchecked (rule varchar, agreement_version varchar)")
    for rule, version in unchecked:
        connection.execute(f"insert into checks.unchecked values ({text(rule)}, {text(version)})")
    connection.execute(f"create table checks.next_ledger as {_next(as_of, purge=purge)}")
    connection.execute("begin")
    connection.execute(f"delete from {TABLE}")
    connection.execute(f"insert into {TABLE} select * from checks.next_ledger order by violation_id")
    connection.execute("commit")


def _next(as_of: datetime, *, purge: bool) -> str:
    now = instant(as_of)
    kept = "present.lead_id is not null" if purge else "true"
    return f"""
with tonight as (
    {TONIGHT}
),
present as (
    select distinct lead_id from marts.leads
),
before as (  -- what an earlier attempt at this very night wrote is taken back; merged leads' spells move
    select
        ledger.violation_id,
        coalesce(merged.winner_id, ledger.lead_id) as lead_id,
        ledger.rule, ledger.stage, ledger.department, ledger.severity, ledger.owner_id,
        ledger.agreement_version, ledger.observed, ledger.changed_by, ledger.first_seen_at,
        ledger.last_seen_at,
        case when ledger.resolved_at < {now} then ledger.resolved_at end as resolved_at,
        ledger.reopened, ledger.waived_until
    from {TABLE} as ledger
    left join checks.merged as merged on merged.loser_id = ledger.lead_id
    where ledger.first_seen_at < {now}
),
spells as (
    select
        before.*,
        row_number() over (
            partition by before.lead_id, before.rule, before.resolved_at is null
            order by before.first_seen_at, before.violation_id
        ) as place,
        present.lead_id is not null as is_present
    from before
    left join present on present.lead_id = before.lead_id
    where {kept}
),
judged as (  -- an open spell goes on, ends, or waits for a night that can tell
    select
        spells.*,
        case
            when spells.resolved_at is not null then 'over'
            when spells.place > 1 then 'ends'
            when tonight.lead_id is not null then 'goes on'
            when unchecked.rule is not null or not spells.is_present then 'waits'
            else 'ends'
        end as fate
    from spells
    left join tonight on tonight.lead_id = spells.lead_id and tonight.rule = spells.rule
    left join checks.unchecked as unchecked
        on unchecked.rule = spells.rule and unchecked.agreement_version = spells.agreement_version
),
continued as (
    select
        judged.violation_id, judged.lead_id, judged.rule,
        coalesce(tonight.stage, judged.stage) as stage,
        coalesce(tonight.department, judged.department) as department,
        coalesce(tonight.severity, judged.severity) as severity,
        case when judged.fate = 'goes on' then tonight.owner_id else judged.owner_id end as owner_id,
        coalesce(tonight.agreement_version, judged.agreement_version) as agreement_version,
        coalesce(tonight.observed, judged.observed) as observed,
        case when judged.fate = 'goes on' then tonight.changed_by else judged.changed_by end as changed_by,
        judged.first_seen_at,
        case when judged.fate = 'goes on' then {now} else judged.last_seen_at end as last_seen_at,
        case when judged.fate = 'ends' then {now} else judged.resolved_at end as resolved_at,
        judged.reopened,
        case when judged.fate = 'goes on' then tonight.waived_until else judged.waived_until end
            as waived_until
    from judged
    left join tonight
        on judged.fate = 'goes on' and tonight.lead_id = judged.lead_id and tonight.rule = judged.rule
),
begun as (
    select
        substr(sha256(tonight.lead_id || '|' || tonight.rule || '|' || cast({now} as varchar)), 1, 16)
            as violation_id,
        tonight.lead_id, tonight.rule, tonight.stage, tonight.department, tonight.severity,
        tonight.owner_id, tonight.agreement_version, tonight.observed, tonight.changed_by,
        {now} as first_seen_at,
        {now} as last_seen_at,
        cast(null as timestamp) as resolved_at,
        earlier.lead_id is not null as reopened,
        tonight.waived_until
    from tonight
    left join (select distinct lead_id, rule from spells) as earlier
        on earlier.lead_id = tonight.lead_id and earlier.rule = tonight.rule
    left join (select lead_id, rule from judged where fate = 'goes on') as going_on
        on going_on.lead_id = tonight.lead_id and going_on.rule = tonight.rule
    where going_on.lead_id is null
)
select * from continued
union all
select * from begun
"""


# A lead that two definitions judge by one rule's name has one violation: of the later stage.
TONIGHT = """
    select ranked.*
    from (
        select
            broken.*,
            blame.changed_by,
            row_number() over (
                partition by broken.lead_id, broken.rule order by broken.stage_rank desc, broken.number desc
            ) as place
        from checks.broken as broken
        left join checks.blame as blame on blame.number = broken.number and blame.lead_id = broken.lead_id
    ) as ranked
    where ranked.place = 1
"""
