with handoffs as (

    select * from {{ ref('int_handoffs') }}

),

owners as (

    select * from {{ ref('int_handoff_owners') }}

),

first_touches as (

    select * from {{ ref('int_handoff_first_touches') }}

),

clocks as (

    select * from {{ ref('int_handoff_clocks') }}
    where measure = 'respond'

),

spans as (

    select
        handoffs.handoff_id,
        owners.calendar,
        handoffs.handed_off_at,
        owners.assigned_at,
        case
            when clocks.starts_at_assignment then clocks.starts_at
            else handoffs.handed_off_at
        end as response_from,
        first_touches.first_touch_at,
        coalesce(clocks.is_business, true) as is_business
    from handoffs
    inner join owners
        on handoffs.handoff_id = owners.handoff_id
    left join first_touches
        on handoffs.handoff_id = first_touches.handoff_id
    left join clocks
        on handoffs.handoff_id = clocks.handoff_id

),

routing as (

    {{ business_minutes('spans', 'handoff_id', 'calendar', 'handed_off_at', 'assigned_at') }}

),

response as (

    {{ business_minutes('spans', 'handoff_id', 'calendar', 'response_from', 'first_touch_at') }}

),

minutes as (

    select
        spans.handoff_id,
        routing.business_minutes as routing_minutes,
        case
            when spans.is_business then response.business_minutes
            when spans.first_touch_at <= spans.response_from then 0
            else cast(
                {{ epoch_ms('spans.first_touch_at') }} - {{ epoch_ms('spans.response_from') }}
                as {{ type_double() }}
            ) / 60000
        end as response_minutes
    from spans
    inner join routing
        on spans.handoff_id = routing.handoff_id
    inner join response
        on spans.handoff_id = response.handoff_id

)

select * from minutes
