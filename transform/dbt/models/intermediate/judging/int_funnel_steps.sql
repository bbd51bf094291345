with reached as (

    select * from {{ ref('int_reached') }}
    {{ of_tonights_leads() }}

),

days as (

    {{ local_days() }}

),

months as (

    select * from {{ source('raw_agreement', 'periods') }}
    where period = 'month'

),

steps as (

    select
        months.period_start as cohort_month,
        came_from.lead_id,
        came_from.segment,
        came_from.source,
        came_from.owner_id,
        came_from.team,
        came_from.stage_rank as from_rank,
        came_from.stage as from_stage,
        next_stages.stage as to_stage,
        case when went_to.lead_id is not null then 1 else 0 end as is_converted,
        {{ days_between('came_from.reached_at', 'went_to.reached_at') }} as days
    from reached as came_from
    inner join days
        on
            {{ utc_day('came_from.reached_at') }} = days.utc_day
            and came_from.reached_at >= days.starts_at
            and came_from.reached_at < days.ends_at
    inner join months
        on days.month = months.period_start
    inner join {{ source('raw_agreement', 'stages') }} as next_stages
        on came_from.stage_rank + 1 = next_stages.stage_rank
    left join reached as went_to
        on
            came_from.lead_id = went_to.lead_id
            and next_stages.stage = went_to.stage

)

select * from steps
