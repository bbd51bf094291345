-- Visitors of the twelve months to now, and to a month ago; null if none were ever counted.
select
    sum(visitors) filter (where date > today - interval 12 month and date <= today) as now,
    sum(visitors) filter (where date > today - interval 13 month and date <= today - interval 1 month) as before
from marts.funnel_daily
cross join (select cast(cast($local_now as timestamp) as date) as today)
