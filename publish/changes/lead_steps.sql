-- For one side: the steps of those leads through the funnel, as cohorts and weak spots count them.
create or replace temp table {{when}}_steps as
with stages as (
    select unnest($stages) as stage, unnest(range(1, len($stages) + 1)) as stage_rank
),

reached as (
    select stays.lead_id, stages.stage, stages.stage_rank, min(stays.entered_at) as reached_at
    from counted_stays as stays
    inner join stages on stays.stage_rank >= stages.stage_rank
    group by all
),

steps as (
    select
        came_from.lead_id,
        came_from.stage || '_to_' || stages.stage as step,
        cast(date_trunc('month', timezone(getvariable('timezone'), timezone('UTC', came_from.reached_at))) as date) as cohort_month,
        if(went_to.lead_id is null, 0, 1) as converted,
        cast(epoch_ms(went_to.reached_at) - epoch_ms(came_from.reached_at) as double) / 86400000 as days
    from reached as came_from
    inner join stages on came_from.stage_rank + 1 = stages.stage_rank
    left join reached as went_to on came_from.lead_id = went_to.lead_id and stages.stage = went_to.stage
)

select
    steps.*,
    leads.segment,
    leads.source,
    leads.owner_id,
    leads.owner_team as team,
    windows.cohort_month is not null as in_window
from steps
inner join {{side}}.marts.leads as leads using (lead_id)
left join windows on steps.cohort_month = windows.cohort_month and windows.said = '{{when}}'
