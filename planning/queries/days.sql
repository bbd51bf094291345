-- One row for each customer won in the time looked at and each stage it had been at: the days from the one to
-- the other, first entries both.
with entries as (
    {entries}
)

select
    customers.segment,
    stages.stage,
    cast(epoch_ms(customers.entered_at) - epoch_ms(stages.entered_at) as double) / 86400000 as days
from entries as customers
inner join entries as stages
    on
        customers.lead_id = stages.lead_id
        and stages.entered_at <= customers.entered_at
where
    customers.stage = $customer
    and customers.began_there = 0
    and customers.entered_at between $starts_at and $as_of
    and stages.stage <> $customer
order by customers.segment, stages.stage, days
