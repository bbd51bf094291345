    union all
    select {{sign}} as sign, 'marts.marketing_scorecard' as table_name, kpi as name, month as period_start, 'all' as slice, value, null as eligible
    from {{side}}.marts.marketing_scorecard
    union all
    select {{sign}} as sign, 'marts.sales_scorecard' as table_name, kpi as name, month as period_start, 'all' as slice, value, null as eligible
    from {{side}}.marts.sales_scorecard
    union all
    (
        with daily as (
            select
                cast(date_trunc('month', date) as date) as period_start,
                unnest(['all', 'segment=' || segment, 'source=' || source]) as slice,
                stage,
                visitors,
                entered,
                reached
            from {{side}}.marts.funnel_daily
        ),

        monthly as (
            select
                period_start,
                slice,
                stage,
                cast(sum(visitors) as decimal(28, 6)) as visitors,
                cast(sum(entered) as decimal(28, 6)) as entered,
                cast(sum(reached) as decimal(28, 6)) as reached
            from daily
            where slice is not null
            group by all
        )

        select
            {{sign}} as sign,
            'marts.funnel_daily' as table_name,
            unnest([stage || '_entered', stage || '_reached', 'visitors']) as name,
            period_start,
            slice,
            unnest([entered, reached, visitors]) as value,
            null as eligible
        from monthly
    )
