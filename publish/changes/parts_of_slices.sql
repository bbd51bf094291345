-- What each changed step puts into cohorts and weak spots; into a baseline, what is not in the slice itself.
insert into parts
with cohorts as (
    select sign, step, cohort_month, lead_id, converted, unnest(cohort_slices(segment, source)) as slice
    from changed_steps
),

in_window as (
    select *, spot_slices(segment, source, owner_id, team) as slices
    from changed_steps
    where in_window
),

spots as (
    select sign, step, lead_id, converted, unnest(slices) as slice
    from in_window
),

named as (
    select
        sign, 'marts.funnel_cohorts' as table_name, step || '_' || unnest(['leads', 'converted', 'conversion']) as name,
        cohort_month as period_start, slice, lead_id,
        unnest([1, converted, converted]) as part, unnest([0, 0, 1]) as whole
    from cohorts
    union all
    select
        sign, 'marts.weak_spots' as table_name, step || '_' || unnest(['leads', 'conversion', 'low', 'high']) as name,
        date '0001-01-01' as period_start, slice, lead_id,
        unnest([1, converted, converted, converted]) as part, unnest([0, 1, 1, 1]) as whole
    from spots
    where slice is not null
    union all
    select
        others.sign, figures.table_name, figures.name, figures.period_start, figures.slice, others.lead_id,
        others.converted as part, 1 as whole
    from figures
    inner join in_window as others
        on others.step || '_baseline' = figures.name and not coalesce(list_contains(others.slices, figures.slice), false)
    where figures.table_name = 'marts.weak_spots'
)

select named.*
from named
semi join figures using (table_name, name, period_start, slice)
