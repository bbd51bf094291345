-- The sums behind ratios as they were: a ratio's change is not the sum of its parts' own.
create or replace temp table bases as
with sums as (
    select
        'marts.sla_compliance' as table_name,
        parts.commitment as name,
        parts.period_start,
        unnest([
            'all', 'segment=' || segment, 'owner=' || owner_id, 'team=' || team, 'source=' || source,
            'lead_type=' || lead_type
        ]) as slice,
        parts.part,
        parts.eligible as whole
    from previous.marts.sla_parts as parts
    semi join (select name as commitment, period_start from figures where kind = 'ratio')
        using (commitment, period_start)
)

select
    table_name,
    name,
    period_start,
    slice,
    sum(part) as part,
    sum(whole) as whole
from sums
where slice is not null
group by all
