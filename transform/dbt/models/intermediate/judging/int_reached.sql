with leads as (

    select * from {{ ref('int_counted_leads') }}
    {{ of_tonights_leads() }}

),

stages as (

    select * from {{ source('raw_agreement', 'stages') }}

),

stays as (

    select * from {{ ref('lifecycle_stages') }}

),

reached as (

    select
        leads.lead_id,
        leads.segment,
        leads.source,
        leads.lead_type,
        leads.owner_id,
        leads.team,
        stages.stage,
        stages.stage_rank,
        min(stays.entered_at) as reached_at
    from stays
    inner join leads
        on stays.lead_id = leads.lead_id
    inner join stages
        on stays.stage_rank >= stages.stage_rank
    group by
        leads.lead_id,
        leads.segment,
        leads.source,
        leads.lead_type,
        leads.owner_id,
        leads.team,
        stages.stage,
        stages.stage_rank

)

select * from reached
