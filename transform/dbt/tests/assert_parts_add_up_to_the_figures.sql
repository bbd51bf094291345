-- A failing row is a figure that its parts do not add up to, overall or in its owner's slice.
with parts as (

    select
        commitment,
        period_start,
        cast('all' as {{ dbt.type_string() }}) as slice,
        part,
        eligible
    from {{ ref('sla_parts') }}
    union all
    select
        commitment,
        period_start,
        'owner=' || owner_id as slice,
        part,
        eligible
    from {{ ref('sla_parts') }}
    where owner_id is not null

),

sums as (

    select
        commitment,
        period_start,
        slice,
        sum(part) as part,
        sum(eligible) as eligible
    from parts
    group by commitment, period_start, slice

),

figures as (

    select * from {{ ref('sla_compliance') }}
    where slice = 'all' or slice like 'owner=%'

)

select
    figures.commitment,
    figures.period_start,
    figures.slice,
    figures.actual,
    sums.part,
    sums.eligible
from figures
left join sums
    on
        figures.commitment = sums.commitment
        and figures.period_start = sums.period_start
        and figures.slice = sums.slice
where
    (figures.eligible is null and figures.actual <> coalesce(sums.part, 0))
    or (figures.eligible is not null and figures.eligible <> coalesce(sums.eligible, 0))
    or (figures.eligible > 0 and abs(figures.actual * sums.eligible - sums.part) > 0.001 * sums.eligible)
