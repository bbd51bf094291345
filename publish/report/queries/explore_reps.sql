-- The reps' weeks by the month that they begin in.
select
    cast(date_trunc('month', week) as date) as month,
    owner_id,
    cast(sum(handoffs) as bigint) as handoffs,
    cast(sum(met) as bigint) as met,
    cast(sum(breached) as bigint) as breached,
    cast(sum(accepted) as bigint) as accepted,
    cast(sum(overdue_now) as bigint) as overdue_now,
    cast(sum(pipeline) as double) as pipeline,
    cast(sum(won) as double) as won
from marts.rep_weeks
where week >= cast($since as date)
group by all
order by month desc, owner_id
