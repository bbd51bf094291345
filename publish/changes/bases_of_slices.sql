-- The sums behind shares of cohorts and weak spots as they were: as they are now, without what the changed steps moved.
-- A weak spot tells its leads and their share, to six digits: of fewer than $exact_below leads those who went on can be
-- had back from it; where there are more, all steps were gathered, and are counted.
insert into bases
with cohorts as (
    select
        from_stage || '_to_' || to_stage as step, cohort_month, unnest(cohort_slices(segment, source)) as slice,
        converted, leads
    from publication.marts.funnel_cohorts
),

everybody as (
    select step, sum(converted) as part, sum(leads) as whole
    from cohorts
    where slice = 'all' and cohort_month in (select cohort_month from windows where said = 'after')
    group by step
),

spots as (
    select step, unnest(spot_slices(segment, source, owner_id, team)) as slice, converted
    from after_steps
    where in_window
),

gathered as (
    select step, slice, sum(converted) as converted
    from spots
    group by all
),

own as (
    select
        shown.from_stage || '_to_' || shown.to_stage as step,
        shown.dimension || '=' || shown.slice as slice,
        if(shown.leads < $exact_below, round(shown.conversion * shown.leads), gathered.converted) as part,
        shown.leads as whole
    from publication.marts.weak_spots as shown
    left join gathered
        on
            shown.from_stage || '_to_' || shown.to_stage = gathered.step
            and shown.dimension || '=' || shown.slice = gathered.slice
),

named as (
    select
        'marts.funnel_cohorts' as table_name, step || '_conversion' as name, cohort_month as period_start, slice,
        sum(converted) as part, sum(leads) as whole
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
),

moved as (
    select table_name, name, period_start, slice, sum(sign * part) as part, sum(sign * whole) as whole
    from parts
    where table_name in ('marts.funnel_cohorts', 'marts.weak_spots')
    group by all
)

select
    figures.table_name, figures.name, figures.period_start, figures.slice,
    coalesce(named.part, 0) - coalesce(moved.part, 0) as part,
    coalesce(named.whole, 0) - coalesce(moved.whole, 0) as whole
from figures
left join named using (table_name, name, period_start, slice)
left join moved using (table_name, name, period_start, slice)
where figures.kind = 'ratio' and figures.table_name in ('marts.funnel_cohorts', 'marts.weak_spots')
