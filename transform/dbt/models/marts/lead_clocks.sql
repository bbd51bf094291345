with handoffs as (

    select * from {{ ref('lead_handoffs') }}

),

counted as (

    select * from {{ ref('int_handoff_counted') }}

),

spent as (

    {{ business_minutes('counted', 'clock_id', 'calendar', 'starts_at', 'counted_to') }}

),

clocks as (

    select
        counted.clock_id,
        handoffs.handoff_id,
        handoffs.lead_id,
        counted.measure,
        counted.commitment,
        handoffs.agreement_version,
        counted.calendar,
        counted.is_business,
        counted.starts_at,
        counted.due_at,
        cast(counted.within_ms as {{ type_double() }}) / 60000 as promised_minutes,
        counted.done_at,
        counted.counted_to,
        case
            when counted.is_business then spent.business_minutes
            when counted.counted_to <= counted.starts_at then 0
            else cast(
                {{ epoch_ms('counted.counted_to') }} - {{ epoch_ms('counted.starts_at') }}
                as {{ type_double() }}
            ) / 60000
        end as counted_minutes,
        counted.status,
        counted.booked_at
    from counted
    inner join handoffs
        on counted.handoff_id = handoffs.handoff_id
    left join spent
        on counted.clock_id = spent.clock_id

)

select * from clocks
