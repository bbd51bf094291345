-- One department's KPIs of the last closed month that have a value or a target.
select
    month,
    kpi,
    cast(value as double) as value,
    cast(target as double) as target,
    cast(previous as double) as previous,
    status
from query_table($scorecard)
where
    month = cast(date_trunc('month', cast($local_now as timestamp)) - interval 1 month as date)
    and (value is not null or target is not null)
order by kpi
