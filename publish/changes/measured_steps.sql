-- What each lead measured in the cohorts whose medians changed.
insert into measured
with sided as (
    select -1 as sign, * from before_steps
    union all
    select 1 as sign, * from after_steps
),

named as (
    select
        sign, 'marts.funnel_cohorts' as table_name, step || '_' || unnest(['median_days', 'p90_days']) as name,
        cohort_month as period_start, cohort_slices(segment, source)[2] as slice, lead_id, days as measure
    from sided
    where days is not null
)

select named.*
from named
semi join figures using (table_name, name, period_start, slice);

-- A month that came of age, or grew too old, since: time went on.
insert into evidence
select distinct lead_id, 5 as cause, 'step' as about
from before_steps as before
inner join after_steps as after using (lead_id, step, cohort_month)
where before.in_window <> after.in_window
