-- The latest closed period of each commitment, slice by slice, where the slice was judged.
with closed as (
    select *
    from marts.sla_compliance
    where cast(period_end as date) < cast(cast($local_now as timestamp) as date)
),

latest as (
    select commitment, max(period_start) as period_start
    from closed
    group by commitment
)

select
    closed.commitment,
    closed.slice,
    split_part(closed.slice, '=', 1) as kind,
    case
        when closed.slice like 'owner=%' then coalesce(owners.owner_name, substr(closed.slice, 7))
        else substr(closed.slice, strpos(closed.slice, '=') + 1)
    end as name,
    cast(closed.target as double) as target,
    cast(closed.actual as double) as actual,
    closed.eligible,
    closed.status
from closed
inner join latest using (commitment, period_start)
left join owner_names as owners on closed.slice = 'owner=' || owners.owner_id
where closed.slice <> 'all' and closed.status is not null
order by closed.commitment, kind, closed.status desc, closed.actual, name
