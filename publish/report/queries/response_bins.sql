-- Handoffs of the last ninety days under one response commitment, in bins of an eighth of the promised minutes,
-- each with its upper end: what took just as long as promised is before the line.
-- The last bin (24) holds everything later than three times the promise.
select
    least(greatest(cast(ceil(handoffs.response_minutes / ($promised / 8.0)) as integer) - 1, 0), 24) as bin,
    handoffs.response_status = 'met' as is_met,
    count(*) as handoffs
from counted_handoffs as handoffs
where
    handoffs.response_commitment = $commitment
    and handoffs.agreement_version = $version
    and handoffs.handed_off_at > cast($as_of as timestamp) - interval 90 day
    and handoffs.response_minutes is not null
    and handoffs.response_status in ('met', 'breached')
group by all
order by bin, is_met
