-- How far the people of the last twelve months came, as known now (months_ago 0) and a month ago (1),
-- in all, by segment and by source. A lead has reached a stage when it entered it or a later one.
with stages as (
    select unnest($stages) as stage, unnest(range(1, len($stages) + 1)) as position
),

moments as (
    select
        unnest([0, 1]) as months_ago,
        unnest([cast($as_of as timestamp), cast($as_of as timestamp) - interval 1 month]) as seen_at
),

ways as (
    select
        stays.lead_id,
        min(stays.entered_at) as came_at,
        max(stages.position) filter (where stays.entered_at <= cast($as_of as timestamp)) as furthest_now,
        max(stages.position) filter (
            where stays.entered_at <= cast($as_of as timestamp) - interval 1 month
        ) as furthest_then
    from marts.lifecycle_stages as stays
    inner join stages on stays.stage = stages.stage
    group by stays.lead_id
),

-- Counted before they meet the stages: there are many people, and few kinds of them.
kinds as (
    select
        moments.months_ago,
        coalesce(leads.segment, 'no segment') as segment,
        coalesce(leads.source, 'no source') as source,
        if(moments.months_ago = 0, ways.furthest_now, ways.furthest_then) as furthest,
        count(*) as people
    from ways
    inner join marts.leads as leads on ways.lead_id = leads.lead_id
    inner join moments on ways.came_at <= moments.seen_at and ways.came_at > moments.seen_at - interval 12 month
    where leads.excluded_because is null
    group by all
)

select
    kinds.months_ago,
    case grouping(kinds.segment, kinds.source) when 3 then 'all' when 1 then 'segment' else 'source' end as kind,
    coalesce(kinds.segment, kinds.source, 'all') as name,
    stages.stage,
    stages.position,
    cast(coalesce(sum(kinds.people) filter (where kinds.furthest >= stages.position), 0) as bigint) as reached
from kinds
cross join stages
group by grouping sets (
    (kinds.months_ago, stages.stage, stages.position),
    (kinds.months_ago, stages.stage, stages.position, kinds.segment),
    (kinds.months_ago, stages.stage, stages.position, kinds.source)
)
order by kind, name, months_ago, position
