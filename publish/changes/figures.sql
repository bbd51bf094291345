-- Every figure of either publication that changed, with the sums behind it as they were.
create or replace temp table figures as
with before as (
    select commitment, period_start, slice, actual, eligible
    from previous.marts.sla_compliance
),

after as (
    select commitment, period_start, slice, actual, eligible
    from publication.marts.sla_compliance
),

changed as (
    select
        commitment,
        period_start,
        slice,
        before.actual as before,
        after.actual as after,
        coalesce(before.eligible, after.eligible) is null as is_sum,
        -- A commitment that was a share and is a count shares nothing with itself but the name.
        before.commitment is null or after.commitment is null
        or (before.eligible is null) = (after.eligible is null) as is_comparable
    from before
    full join after using (commitment, period_start, slice)
    where coalesce(before.actual, 0) <> coalesce(after.actual, 0)
),

sums as (
    select
        commitment,
        period_start,
        unnest([
            'all', 'segment=' || segment, 'owner=' || owner_id, 'team=' || team, 'source=' || source,
            'lead_type=' || lead_type
        ]) as slice,
        part,
        coalesce(eligible, 0) as eligible
    from previous.marts.sla_parts
),

totals as (
    select commitment, period_start, slice, sum(part) as part, sum(eligible) as eligible
    from sums
    where slice is not null
    group by all
)

select
    changed.*,
    coalesce(totals.part, 0) as part,
    coalesce(totals.eligible, 0) as eligible
from changed
left join totals using (commitment, period_start, slice)
