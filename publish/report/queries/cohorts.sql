-- How each month's people went on, step by step, over all segments and sources: the last twelve months.
select
    cohort_month,
    from_stage,
    to_stage,
    cast(sum(leads) as bigint) as leads,
    sum(converted) / nullif(sum(leads), 0) as conversion,
    bool_and(is_mature) as is_mature
from marts.funnel_cohorts
where cohort_month > cast(date_trunc('month', cast($local_now as timestamp)) - interval 12 month as date)
group by all
order by cohort_month desc, from_stage
