-- Per stage: who is there now, and who first reached it (or a later one) in the running and the last two months.
with stages as (
    select unnest($stages) as stage, unnest(range(1, len($stages) + 1)) as position
),

counted as (
    select lead_id, stage
    from marts.leads
    where excluded_because is null
),

months as (
    select date_trunc('month', cast($local_now as timestamp)) as running
),

-- Nobody else can have reached anything for the first time in these months.
lately as (
    select stays.lead_id
    from marts.lifecycle_stages as stays
    cross join months
    where stays.entered_at >= months.running - interval 2 month - interval 1 day
),

entries as (
    select stays.lead_id, entered.position, min(stays.entered_at) as entered_at
    from marts.lifecycle_stages as stays
    inner join stages as entered on stays.stage = entered.stage
    where stays.lead_id in (select lead_id from lately)
    group by stays.lead_id, entered.position
),

firsts as (
    select entries.lead_id, stages.stage, min(entries.entered_at) as reached_at
    from entries
    inner join stages on entries.position >= stages.position
    inner join counted on entries.lead_id = counted.lead_id
    group by entries.lead_id, stages.stage
),

reached as (
    select
        firsts.lead_id,
        firsts.stage,
        date_trunc('month', timezone($timezone, timezone('UTC', firsts.reached_at))) as month
    from firsts
    cross join months
    where firsts.reached_at >= months.running - interval 2 month - interval 1 day
),

totals as (
    select
        reached.stage,
        count(*) filter (where reached.month = months.running) as running,
        count(*) filter (where reached.month = months.running - interval 1 month) as last_month,
        count(*) filter (where reached.month = months.running - interval 2 month) as month_before
    from reached
    cross join months
    group by reached.stage
),

present as (
    select stage, count(*) as leads
    from counted
    group by stage
)

select
    stages.stage,
    stages.position,
    coalesce(present.leads, 0) as leads,
    coalesce(totals.running, 0) as running,
    coalesce(totals.last_month, 0) as last_month,
    coalesce(totals.month_before, 0) as month_before
from stages
left join present on stages.stage = present.stage
left join totals on stages.stage = totals.stage
order by stages.position
