with deals as (

    select * from {{ ref('stg_hubspot__deals') }}

),

deal_ids as (

    select * from {{ ref('int_deal_ids') }}

),

history as (

    select * from {{ ref('int_deal_stages') }}

),

stages as (

    select * from {{ ref('stg_hubspot__pipeline_stages') }}
    where object_type = 'deals'

),

run as (

    select * from {{ source('raw_agreement', 'run') }}

),

-- The stage at *now*: what the CRM says, unless it was changed since.
as_of_now as (

    select
        deals.*,
        case when history.has_later then history.stage_id else coalesce(deals.stage_id, history.stage_id) end
            as present_stage_id,
        history.entered_at as stage_entered_at,
        run.as_of
    from deals
    inner join deal_ids
        on
            deals.deal_id = deal_ids.record_id
            and deals.deal_id = deal_ids.deal_id
    left join history
        on deals.deal_id = history.deal_id
    cross join run
    where deals.created_at <= run.as_of

),

described as (

    select
        now.deal_id,
        coalesce(stages.pipeline, now.pipeline_id) as pipeline,
        coalesce(stages.deal_stage, now.present_stage_id) as deal_stage,
        case
            when now.home_amount is not null then now.home_amount
            when coalesce(now.currency, '{{ var("currency") }}') = '{{ var("currency") }}'
                then now.original_amount
        end as amount,
        coalesce(now.currency, '{{ var("currency") }}') as currency,
        now.original_amount,
        now.owner_id,
        coalesce(stages.is_closed, false) as is_closed,
        coalesce(stages.is_won, false) as is_won,
        now.is_archived,
        now.created_at,
        case
            when not coalesce(stages.is_closed, false) then null
            when now.closes_at <= now.as_of then now.closes_at
            else coalesce(now.stage_entered_at, now.modified_at)
        end as closed_at
    from as_of_now as now
    left join stages
        on
            now.pipeline_id = stages.pipeline_id
            and now.present_stage_id = stages.stage_id

),

with_people as (

    select
        described.*,
        deal_leads.lead_id,
        deal_companies.company_id
    from described
    left join {{ ref('int_deal_leads') }} as deal_leads
        on described.deal_id = deal_leads.deal_id and deal_leads.is_primary
    left join {{ ref('int_deal_companies') }} as deal_companies
        on described.deal_id = deal_companies.deal_id

)

select * from with_people
