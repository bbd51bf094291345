-- Figures over all leads that moved since the certified publication before, cause by cause, in the order applied;
-- beside each figure how many of its slices moved.
with causes as (
    select
        unnest(['merged', 'deleted', 'corrected', 'late', 'new', 'agreement']) as cause,
        unnest(range(1, 7)) as position
),

slices as (
    select commitment, period_start, count(distinct slice) as slices
    from audit.publication_changes
    where slice <> 'all'
    group by all
)

select
    changes.commitment,
    changes.period_start,
    cast(figures.period_end as date) as period_end,
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
left join slices using (commitment, period_start)
left join marts.sla_compliance as figures
    on
        changes.commitment = figures.commitment
        and changes.period_start = figures.period_start
        and figures.slice = 'all'
where changes.slice = 'all'
order by changes.period_start desc, changes.commitment, causes.position
