with deals as (

    select * from {{ ref('int_deals') }}

),

repeats as (

    select * from {{ ref('int_repeat_deals') }}

),

published as (

    select
        deals.deal_id,
        deals.lead_id,
        deals.company_id,
        deals.pipeline,
        deals.deal_stage,
        cast(deals.amount as {{ type_amount() }}) as amount,
        deals.currency,
        cast(deals.original_amount as {{ type_amount() }}) as original_amount,
        deals.created_at,
        deals.closed_at,
        deals.is_closed,
        deals.is_won,
        deals.is_archived,
        deals.owner_id,
        repeats.deal_id is not null as is_repeat
    from deals
    left join repeats
        on deals.deal_id = repeats.deal_id

)

select * from published
