    union all
    (
        with named as (
            select
                week, owner_id,
                unnest(['handoffs', 'met', 'breached', 'accepted', 'overdue_now', 'pipeline', 'won']) as name,
                unnest([handoffs, met, breached, accepted, overdue_now, pipeline, won]) as value
            from {{side}}.marts.rep_weeks
        ),

        sliced as (
            select week, name, value, 'all' as slice from named
            union all
            select week, name, value, 'owner=' || owner_id as slice from named
        )

        select
            {{sign}} as sign, 'marts.rep_weeks' as table_name, name, week as period_start, slice,
            cast(sum(value) as decimal(28, 6)) as value, null as eligible
        from sliced
        group by all
    )
    union all
    (
        with cohorts as (
            select
                cohort_month,
                from_stage || '_to_' || to_stage as step,
                'segment=' || coalesce(segment, '?') || ', source=' || coalesce(source, '?') as slice,
                leads, converted, median_days, p90_days
            from {{side}}.marts.funnel_cohorts
        ),

        sliced as (
            select * from cohorts
            union all
            select cohort_month, step, 'all' as slice, sum(leads) as leads, sum(converted) as converted, null as median_days, null as p90_days
            from cohorts
            group by cohort_month, step
        )

        select
            {{sign}} as sign, 'marts.funnel_cohorts' as table_name,
            step || '_' || unnest(['leads', 'converted', 'conversion', 'median_days', 'p90_days']) as name,
            cohort_month as period_start, slice,
            unnest([
                cast(leads as decimal(28, 6)),
                cast(converted as decimal(28, 6)),
                cast(cast(cast(converted as double) / nullif(leads, 0) as decimal(38, 12)) as decimal(28, 6)),
                median_days,
                p90_days
            ]) as value,
            null as eligible
        from sliced
    )
    union all
    select
        {{sign}} as sign, 'marts.weak_spots' as table_name,
        from_stage || '_to_' || to_stage || '_' || unnest(['leads', 'conversion', 'baseline', 'low', 'high']) as name,
        date '0001-01-01' as period_start, dimension || '=' || slice as slice,
        unnest([cast(leads as decimal(28, 6)), conversion, baseline, low, high]) as value, null as eligible
    from {{side}}.marts.weak_spots
