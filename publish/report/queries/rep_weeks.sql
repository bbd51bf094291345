-- The last closed week, by rep: what came, what was answered and accepted, what waits, what it is worth.
with latest as (
    select max(week) as week
    from marts.rep_weeks
    where week + 7 <= cast(cast($local_now as timestamp) as date)
)

select
    weeks.week,
    weeks.owner_id,
    coalesce(owners.owner_name, weeks.owner_id) as owner_name,
    weeks.team,
    weeks.handoffs,
    weeks.met,
    weeks.breached,
    weeks.accepted,
    weeks.overdue_now,
    cast(weeks.pipeline as double) as pipeline,
    cast(weeks.won as double) as won
from marts.rep_weeks as weeks
inner join latest on weeks.week = latest.week
left join owner_names as owners on weeks.owner_id = owners.owner_id
order by weeks.overdue_now desc, weeks.breached desc, owner_name, weeks.owner_id
