-- One row per commitment and period, over all leads; the newest period last.
select
    commitment,
    department,
    agreement_version,
    cast(period_start as date) as period_start,
    cast(period_end as date) as period_end,
    cast(target as double) as target,
    cast(actual as double) as actual,
    eligible,
    cast(attainment as double) as attainment,
    status,
    is_provisional,
    cast(period_end as date) >= cast(cast($local_now as timestamp) as date) as is_running,
    date_diff('day', cast(cast($local_now as timestamp) as date), cast(period_end as date)) + 1 as days_left
from marts.sla_compliance
where slice = 'all'
order by department, commitment, period_start
