-- One row per figure, slice and lead whose part in it is not what it was, with the first cause that fits.
-- A commitment that only one of the two agreements has is the agreement's doing altogether (cause 6).
create or replace temp table lead_changes as
with signed as (
    select *, 1 as sign from publication.marts.sla_parts
    union all by name
    select *, -1 as sign from previous.marts.sla_parts
),

sliced as (
    select
        commitment,
        period_start,
        lead_id,
        eligible is null as is_sum,
        sign * part as part,
        sign * eligible as eligible,
        unnest([
            'all', 'segment=' || segment, 'owner=' || owner_id, 'team=' || team, 'source=' || source,
            'lead_type=' || lead_type
        ]) as slice
    from signed
),

moved as (
    select
        commitment,
        period_start,
        slice,
        lead_id,
        is_sum,
        sum(part) as part,
        coalesce(sum(eligible), 0) as eligible
    from sliced
    where slice is not null
    group by all
    having sum(part) <> 0 or coalesce(sum(eligible), 0) <> 0
),

kept as (
    select commitment from publication.marts.sla_compliance
    intersect
    select commitment from previous.marts.sla_compliance
),

first_causes as (
    select is_sum, evidence.lead_id, min(evidence.cause) as cause
    from evidence
    cross join (select unnest([true, false]) as is_sum)
    where evidence.about in ('any', if(is_sum, 'sum', 'share'))
    group by all
)

select
    moved.*,
    case
        when not $same_agreement and kept.commitment is null then 6
        else coalesce(first_causes.cause, 6)
    end as cause
from moved
left join kept using (commitment)
left join first_causes using (is_sum, lead_id)
