-- The funnel by month, segment and source: visits, entries into a stage, and first arrivals at it or beyond.
select
    cast(date_trunc('month', date) as date) as month,
    segment,
    source,
    stage,
    cast(sum(visitors) as bigint) as visitors,
    cast(sum(entered) as bigint) as entered,
    cast(sum(reached) as bigint) as reached
from marts.funnel_daily
where date >= cast($since as date)
group by all
order by month desc, segment, source, stage
