with clocks as (

    select * from {{ ref('int_handoff_clocks') }}
    where measure = 'respond'

),

first_touches as (

    select * from {{ ref('int_handoff_first_touches') }}

),

bookings as (

    select * from {{ ref('int_handoff_bookings') }}

),

verdicts as (

    select * from {{ ref('int_handoff_verdicts') }}

),

run as (

    select * from {{ source('raw_agreement', 'run') }}

),

facts as (

    select
        clocks.handoff_id,
        clocks.commitment,
        clocks.starts_at,
        clocks.due_at,
        first_touches.first_counts_at,
        bookings.booked_at,
        verdicts.verdict,
        verdicts.verdict_at,
        run.as_of
    from clocks
    cross join run
    left join first_touches
        on clocks.handoff_id = first_touches.handoff_id
    left join bookings
        on clocks.handoff_id = bookings.handoff_id
    left join verdicts
        on clocks.handoff_id = verdicts.handoff_id

),

responses as (

    select
        handoff_id,
        commitment,
        due_at,
        case
            when starts_at is null and booked_at is null then 'unassigned'
            when first_counts_at <= due_at then 'met'
            when booked_at is not null and (due_at is null or booked_at <= due_at) then 'not_required'
            when verdict in ('rejected', 'recycled') and verdict_at < due_at then 'not_required'
            when first_counts_at > due_at or due_at < as_of then 'breached'
            else 'open'
        end as response_status
    from facts

)

select * from responses
