-- The same handoffs in one row.
select
    count(*) as handoffs,
    count(*) filter (where handoffs.response_status = 'met') as met,
    count(*) filter (where handoffs.response_status = 'breached') as breached,
    count(*) filter (where handoffs.response_status = 'breached' and handoffs.first_touch_at is null) as never,
    count(*) filter (where handoffs.response_status = 'open') as open,
    count(*) filter (where handoffs.response_status = 'unassigned') as unassigned,
    cast(median(handoffs.response_minutes) as double) as median_minutes,
    cast(quantile_cont(handoffs.response_minutes, 0.9) as double) as p90_minutes
from counted_handoffs as handoffs
where
    handoffs.response_commitment = $commitment
    and handoffs.agreement_version = $version
    and handoffs.handed_off_at > cast($as_of as timestamp) - interval 90 day
