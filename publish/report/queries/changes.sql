-- Figures over all leads that moved since the certified publication before, cause by cause, in the order applied;
-- beside each figure how many of its slices moved.
with causes as (
    select
        unnest(['merged', 'deleted', 'corrected', 'late', 'new', 'agreement']) as cause,
        unnest(range(1, 7)) as position
),

-- Of weeks the last two, of cohorts the conversions that moved most leads: the rest is in the table.
shown as (
    select table_name, name, period_start
    from audit.publication_changes
    where slice = 'all' and table_name not in ('marts.rep_weeks', 'marts.funnel_cohorts', 'marts.weak_spots')
    union
    select table_name, name, period_start
    from audit.publication_changes
    where
        slice = 'all' and table_name = 'marts.rep_weeks'
        and period_start >= (
            select max(period_start) from audit.publication_changes where table_name = 'marts.rep_weeks'
        ) - interval 7 day
    union
    (
        select table_name, name, period_start
        from audit.publication_changes
        where slice = 'all' and table_name = 'marts.funnel_cohorts' and suffix(name, '_conversion')
        group by all
        order by sum(leads) desc, period_start desc, name
        limit 10
    )
),

slices as (
    select table_name, name, period_start, count(distinct slice) as slices
    from audit.publication_changes
    where slice <> 'all'
    group by all
)

select
    changes.table_name,
    changes.name,
    changes.period_start,
    cast(
        coalesce(
            figures.period_end,
            if(changes.table_name = 'marts.rep_weeks', changes.period_start + 6, last_day(changes.period_start))
        ) as date
    ) as period_end,
    figures.agreement_version,
    changes.compared_with,
    cast(changes.before as double) as before,
    cast(changes.after as double) as after,
    changes.cause,
    cast(changes.change as double) as change,
    changes.leads,
    coalesce(slices.slices, 0) as slices
from audit.publication_changes as changes
inner join causes on changes.cause = causes.cause
inner join shown using (table_name, name, period_start)
left join slices using (table_name, name, period_start)
left join marts.sla_compliance as figures
    on
        changes.table_name = 'marts.sla_compliance'
        and changes.name = figures.commitment
        and changes.period_start = figures.period_start
        and figures.slice = 'all'
where changes.slice = 'all'
order by
    list_position(
        ['marts.sla_compliance', 'marts.marketing_scorecard', 'marts.sales_scorecard', 'marts.rep_weeks', 'marts.funnel_daily',
            'marts.funnel_cohorts'],
        changes.table_name
    ),
    changes.period_start desc,
    changes.name,
    causes.position
