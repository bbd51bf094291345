with handoffs as (

    select * from {{ ref('int_handoffs') }}

),

stays as (

    select * from {{ ref('int_lifecycle_stays') }}

),

deals as (

    select * from {{ ref('int_deals') }}

),

ranks as (

    select
        max(case when stage = 'opportunity' then stage_rank end) as opportunity_rank,
        max(case when stage = 'customer' then stage_rank end) as customer_rank
    from {{ source('raw_agreement', 'stages') }}

),

reached as (

    select
        handoffs.handoff_id,
        min(case when stays.stage_rank >= ranks.opportunity_rank then stays.entered_at end) as opportunity_at,
        min(case when stays.stage_rank >= ranks.customer_rank then stays.entered_at end) as customer_at
    from handoffs
    inner join stays
        on
            handoffs.lead_id = stays.lead_id
            and handoffs.stay_number < stays.stay_number
            and (handoffs.next_stay_number is null or handoffs.next_stay_number > stays.stay_number)
    cross join ranks
    group by handoffs.handoff_id

),

won as (

    select
        handoffs.handoff_id,
        sum(deals.amount) as won_amount
    from handoffs
    inner join deals
        on
            handoffs.lead_id = deals.lead_id
            and deals.is_won
            and handoffs.handed_off_at <= deals.closed_at
            and (handoffs.next_handed_off_at is null or handoffs.next_handed_off_at > deals.closed_at)
    group by handoffs.handoff_id

),

outcomes as (

    select
        handoffs.handoff_id,
        reached.opportunity_at,
        reached.customer_at,
        won.won_amount
    from handoffs
    left join reached
        on handoffs.handoff_id = reached.handoff_id
    left join won
        on handoffs.handoff_id = won.handoff_id

)

select * from outcomes
