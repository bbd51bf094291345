-- Why sales turned handoffs down in the last ninety days, the commonest first.
select
    coalesce(handoffs.verdict_reason, 'no reason given') as reason,
    count(*) as handoffs
from counted_handoffs as handoffs
where
    handoffs.verdict = 'rejected'
    and handoffs.verdict_at > cast($as_of as timestamp) - interval 90 day
group by all
order by handoffs desc, reason
limit 10
