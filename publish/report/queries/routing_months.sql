-- From the handoff to an owner, by month of the handoff: the last four months.
select
    cast(date_trunc('month', handoffs.handed_off_locally) as date) as month,
    count(*) as handoffs,
    count(*) filter (where handoffs.assigned_at is null) as unassigned,
    cast(median(handoffs.routing_minutes) as double) as median_minutes,
    cast(quantile_cont(handoffs.routing_minutes, 0.9) as double) as p90_minutes
from counted_handoffs as handoffs
where
    handoffs.handed_off_locally >= date_trunc('month', cast($local_now as timestamp)) - interval 3 month
group by all
order by month desc
