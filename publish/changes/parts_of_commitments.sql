-- What the touched leads put into the figures of commitments.
insert into parts
with sliced as (
    select
        {{sign}} as sign,
        'marts.sla_compliance' as table_name,
        commitment as name,
        period_start,
        unnest([
            'all', 'segment=' || segment, 'owner=' || owner_id, 'team=' || team, 'source=' || source,
            'lead_type=' || lead_type
        ]) as slice,
        lead_id,
        part,
        coalesce(eligible, 0) as whole
    from {{side}}.marts.sla_parts
    where lead_id in (select lead_id from touched)
)

select * from sliced
where slice is not null
