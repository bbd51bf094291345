-- Where each rep stands on the running periods' targets of their own, the furthest behind first.
select
    figures.commitment,
    figures.agreement_version,
    owners.owner_name,
    cast(figures.period_start as date) as period_start,
    cast(figures.period_end as date) as period_end,
    cast(figures.target as double) as target,
    cast(figures.actual as double) as actual,
    figures.eligible,
    figures.status,
    date_diff('day', cast(cast($local_now as timestamp) as date), cast(figures.period_end as date)) + 1 as days_left
from marts.sla_compliance as figures
inner join owner_names as owners on figures.slice = 'owner=' || owners.owner_id
where
    cast(figures.period_end as date) >= cast(cast($local_now as timestamp) as date)
    and figures.target is not null
    and figures.actual < figures.target
order by owners.owner_name, figures.actual / figures.target, figures.commitment
