with handoffs as (

    select * from {{ ref('int_handoffs') }}

),

verdicts as (

    select * from {{ ref('int_handoff_verdicts') }}

),

bookings as (

    select * from {{ ref('int_self_bookings') }}

),

booked as (

    select
        handoffs.handoff_id,
        min(bookings.booked_at) as booked_at
    from handoffs
    inner join bookings
        on
            handoffs.lead_id = bookings.lead_id
            and handoffs.handed_off_at <= bookings.booked_at
    left join verdicts
        on handoffs.handoff_id = verdicts.handoff_id
    where
        (verdicts.verdict_at is null or bookings.booked_at <= verdicts.verdict_at)
        and (handoffs.next_handed_off_at is null or bookings.booked_at < handoffs.next_handed_off_at)
    group by handoffs.handoff_id

)

select * from booked
