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

stays as (
    select
        stays.lead_id,
        coalesce(leads.segment, 'no segment') as segment,
        coalesce(leads.source, 'no source') as source,
        stages.position,
        stays.entered_at
    from marts.lifecycle_stages as stays
    inner join stages on stays.stage = stages.stage
    inner join marts.leads as leads on stays.lead_id = leads.lead_id
    where leads.excluded_because is null
),

people as (
    select
        moments.months_ago,
        stays.lead_id,
        stays.segment,
        stays.source,
        max(stays.position) as furthest
    from stays
    inner join moments on stays.entered_at <= moments.seen_at
    group by all
    having min(stays.entered_at) > min(moments.seen_at) - interval 12 month
)

select
    people.months_ago,
    case grouping(people.segment, people.source) when 3 then 'all' when 1 then 'segment' else 'source' end as kind,
    coalesce(people.segment, people.source, 'all') as name,
    stages.stage,
    stages.position,
    count(*) filter (where people.furthest >= stages.position) as reached
from people
cross join stages
group by grouping sets (
    (people.months_ago, stages.stage, stages.position),
    (people.months_ago, stages.stage, stages.position, people.segment),
    (people.months_ago, stages.stage, stages.position, people.source)
)
order by kind, name, months_ago, position
