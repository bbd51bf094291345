-- Handoffs of the running month and the five before it, by verdict.
select
    cast(date_trunc('month', handoffs.handed_off_locally) as date) as month,
    handoffs.verdict,
    count(*) as handoffs
from counted_handoffs as handoffs
where
    handoffs.handed_off_locally >= date_trunc('month', cast($local_now as timestamp)) - interval 5 month
group by all
order by month, verdict
