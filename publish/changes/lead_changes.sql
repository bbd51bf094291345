-- One row per figure, slice and lead whose part in it is not what it was, with the first cause that fits.
-- A commitment that only one of the two agreements has is the agreement's doing altogether (cause 6).
create or replace temp table lead_changes as
with moved as (
    select
        table_name,
        name,
        period_start,
        slice,
        lead_id,
        sum(sign * part) as part,
        sum(sign * whole) as whole
    from parts
    group by all
    having sum(sign * part) <> 0 or sum(sign * whole) <> 0
),

kept as (
    select commitment from publication.marts.sla_compliance
    intersect
    select commitment from previous.marts.sla_compliance
)

select
    moved.*,
    case
        when not $same_agreement and moved.table_name = 'marts.sla_compliance' and kept.commitment is null then 6
        else coalesce(causes.cause, if($same_agreement, 5, 6))
    end as cause
from moved
inner join figures using (table_name, name, period_start, slice)
left join kept on moved.name = kept.commitment
left join causes on figures.about = causes.about and moved.lead_id = causes.lead_id
