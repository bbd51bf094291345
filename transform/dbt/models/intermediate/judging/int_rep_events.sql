with handoffs as (

    select * from {{ ref('int_counted_handoffs') }}
    where accountable_owner_id is not null

),

responses as (

    select * from {{ ref('int_sla_handoffs') }}
    where measure = 'respond'

),

deals as (

    select * from {{ ref('int_counted_deals') }}
    where owner_id is not null

),

handed_over as (

    select
        handoffs.handed_off_at as happened_at,
        handoffs.accountable_owner_id as owner_id,
        1 as handoffs,
        case when responses.status = 'met' then 1 else 0 end as met,
        case when responses.status = 'breached' then 1 else 0 end as breached,
        case when handoffs.verdict = 'accepted' then 1 else 0 end as accepted,
        case
            when handoffs.first_touch_at is not null or handoffs.verdict <> 'pending' then 0
            when responses.status = 'breached' then 1
            else 0
        end as overdue_now,
        0 as pipeline,
        0 as won
    from handoffs
    left join responses
        on handoffs.handoff_id = responses.handoff_id

),

deal_events as (

    select
        created_at as happened_at,
        owner_id,
        amount as pipeline,
        0 as won
    from deals
    union all
    select
        closed_at as happened_at,
        owner_id,
        0 as pipeline,
        amount as won
    from deals
    where is_won

),

events as (

    select * from handed_over
    union all
    select
        happened_at,
        owner_id,
        0 as handoffs,
        0 as met,
        0 as breached,
        0 as accepted,
        0 as overdue_now,
        pipeline,
        won
    from deal_events

)

select * from events
