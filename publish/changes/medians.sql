-- Medians have no parts: each is taken again from what every lead measured, once per cause.
create or replace temp table medians as
with measured as (
    select measured.sign, measured.name, measured.period_start, measured.measure, coalesce(causes.cause, if($same_agreement, 5, 6)) as cause
    from measured
    inner join figures
        on measured.name = figures.name and measured.period_start = figures.period_start and figures.kind = 'median'
    left join causes on figures.about = causes.about and measured.lead_id = causes.lead_id
)

select
    measured.name,
    measured.period_start,
    causes.position,
    cast(median(measured.measure) as decimal(28, 6)) as value
from measured
cross join (select unnest(range(1, 7)) as position) as causes
where (measured.sign = 1 and measured.cause <= causes.position) or (measured.sign = -1 and measured.cause > causes.position)
group by all
