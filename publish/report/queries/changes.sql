-- Figures over all leads that moved since the certified publication before, cause by cause, in the order applied;
-- beside each figure how many of its slices moved.
with causes as (
    select
        unnest(['merged', 'deleted', 'corrected', 'late', 'new', 'agreement']) as cause,
        unnest(range(1, 7)) as position
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
    cast(coalesce(figures.period_end, last_day(changes.period_start)) as date) as period_end,
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
        ['marts.sla_compliance', 'marts.marketing_scorecard', 'marts.sales_scorecard', 'marts.funnel_daily'],
        changes.table_name
    ),
    changes.period_start desc,
    changes.name,
    causes.position
