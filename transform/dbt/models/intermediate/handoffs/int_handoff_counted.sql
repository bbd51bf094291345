with clocks as (

    select * from {{ ref('int_handoff_clocks') }}

),

statuses as (

    select
        handoff_id,
        'respond' as measure,
        response_status as status
    from {{ ref('int_handoff_responses') }}
    union all
    select
        handoff_id,
        measure,
        status
    from {{ ref('int_handoff_promises') }}

),

first_touches as (

    select * from {{ ref('int_handoff_first_touches') }}

),

bookings as (

    select * from {{ ref('int_handoff_bookings') }}

),

follow_ups as (

    select * from {{ ref('int_handoff_follow_ups') }}

),

owners as (

    select * from {{ ref('int_handoff_owners') }}

),

verdicts as (

    select * from {{ ref('int_handoff_verdicts') }}

),

run as (

    select * from {{ source('raw_agreement', 'run') }}

),

-- What each clock waited for, and what may have made it needless.
awaited as (

    select
        clocks.*,
        statuses.status,
        verdicts.verdict_at,
        run.as_of,
        case clocks.measure
            when 'respond' then first_touches.first_counts_at
            when 'follow_up' then follow_ups.followed_up_at
            when 'decide' then verdicts.verdict_at
            else owners.assigned_at
        end as done_at,
        case
            when clocks.measure = 'respond' and (clocks.due_at is null or bookings.booked_at <= clocks.due_at)
                then bookings.booked_at
        end as booked_at
    from clocks
    cross join run
    inner join statuses
        on clocks.handoff_id = statuses.handoff_id and clocks.measure = statuses.measure
    inner join owners
        on clocks.handoff_id = owners.handoff_id
    left join first_touches
        on clocks.handoff_id = first_touches.handoff_id
    left join bookings
        on clocks.handoff_id = bookings.handoff_id
    left join follow_ups
        on clocks.handoff_id = follow_ups.handoff_id
    left join verdicts
        on clocks.handoff_id = verdicts.handoff_id

),

counted as (

    select
        *,
        case
            when status = 'unassigned' then null
            when status = 'not_required' then coalesce(booked_at, verdict_at)
            when done_at is not null then done_at
            when verdict_at >= due_at then verdict_at
            else as_of
        end as counted_to
    from awaited

)

select * from counted
