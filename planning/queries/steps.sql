-- By segment and step: leads that first entered the step's stage in the mature months, and how many of them first
-- entered the next stage after that. Counted as `deliver` and `convert` count (ruling 24): jumps do not count.
with entries as (
    {entries}
),

steps (from_stage, to_stage) as (
    values {steps}
)

select
    came_from.segment,
    steps.from_stage,
    count(*) as leads,
    count(went_to.lead_id) as converted
from steps
inner join entries as came_from
    on steps.from_stage = came_from.stage
left join entries as went_to
    on
        steps.to_stage = went_to.stage
        and came_from.lead_id = went_to.lead_id
        and came_from.entered_at <= went_to.entered_at
where came_from.entered_at >= $starts_at and came_from.entered_at < $matured_at
group by came_from.segment, steps.from_stage
