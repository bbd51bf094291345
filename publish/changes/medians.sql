-- Medians have no parts: each is taken again from what every lead measured, once per cause.
create or replace temp table medians as
with measured as (
    select measured.*, coalesce(causes.cause, if($same_agreement, 5, 6)) as cause
    from measured
    inner join figures
        on
            measured.table_name = figures.table_name
            and measured.name = figures.name
            and measured.period_start = figures.period_start
            and measured.slice = figures.slice
    left join causes on figures.about = causes.about and measured.lead_id = causes.lead_id
)

select
    measured.table_name,
    measured.name,
    measured.period_start,
    measured.slice,
    causes.position,
    case
        when measured.name like '%p90_days' then cast(quantile_cont(measured.measure, 0.9) as decimal(28, 6))
        else cast(median(measured.measure) as decimal(28, 6))
    end as value
from measured
cross join (select unnest(range(1, 7)) as position) as causes
where (measured.sign = 1 and measured.cause <= causes.position) or (measured.sign = -1 and measured.cause > causes.position)
group by measured.table_name, measured.name, measured.period_start, measured.slice, causes.position
