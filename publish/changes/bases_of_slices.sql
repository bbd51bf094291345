-- The sums behind shares of cohorts and weak spots as they were, and what their medians were taken from.
insert into bases
with cohorts as (
    select step, cohort_month, unnest(cohort_slices(segment, source)) as slice, converted
    from before_steps
),

spots as (
    select step, unnest(spot_slices(segment, source, owner_id, team)) as slice, converted
    from before_steps
    where in_window
),

everybody as (
    select step, sum(converted) as part, count(*) as whole
    from before_steps
    where in_window
    group by step
),

own as (
    select step, slice, sum(converted) as part, count(*) as whole
    from spots
    where slice is not null
    group by all
),

named as (
    select
        'marts.funnel_cohorts' as table_name, step || '_conversion' as name, cohort_month as period_start, slice,
        sum(converted) as part, count(*) as whole
    from cohorts
    group by all
    union all
    select
        'marts.weak_spots' as table_name, step || '_' || unnest(['conversion', 'low', 'high']) as name,
        date '0001-01-01' as period_start, slice, part, whole
    from own
    union all
    select
        figures.table_name, figures.name, figures.period_start, figures.slice,
        everybody.part - coalesce(own.part, 0) as part, everybody.whole - coalesce(own.whole, 0) as whole
    from figures
    inner join everybody on everybody.step || '_baseline' = figures.name
    left join own on everybody.step = own.step and figures.slice = own.slice
    where figures.table_name = 'marts.weak_spots'
)

select named.*
from named
semi join figures using (table_name, name, period_start, slice);

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
