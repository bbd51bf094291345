"""How spells go on, end and begin: last night's ledger and tonight's violations give the next, in SQL."""

from datetime import datetime

from expectations.sql import instant


def next_ledger(ledger: str, as_of: datetime, *, purge: bool) -> str:
    """The ledger as it will be: a select from `ledger` and the temporary `tonight` and `judgement`."""
    now = instant(as_of)
    kept = "present.lead_id is not null" if purge else "true"
    return f"""
with unchecked as (
    select distinct rule, agreement_version from judgement where not is_checked
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
    from {ledger} as ledger
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
    left join unchecked as unchecked
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
