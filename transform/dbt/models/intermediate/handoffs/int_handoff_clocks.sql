with commitments as (

    select * from {{ ref('int_handoff_commitments') }}

),

handoffs as (

    select * from {{ ref('int_handoffs') }}

),

owners as (

    select * from {{ ref('int_handoff_owners') }}

),

calendars as (

    select * from {{ source('raw_agreement', 'calendars') }}

),

clocks as (

    select
        commitments.handoff_id || ' ' || commitments.measure as clock_id,
        commitments.handoff_id,
        commitments.measure,
        commitments.commitment,
        commitments.attempts,
        commitments.across_days,
        commitments.clock_starts = 'assignment' and commitments.measure = 'respond' as starts_at_assignment,
        owners.calendar,
        commitments.within_unit like 'business%' as is_business,
        case
            when commitments.clock_starts = 'assignment' and commitments.measure = 'respond'
                then owners.assigned_at
            else handoffs.handed_off_at
        end as starts_at,
        cast(
            commitments.within_amount * case commitments.within_unit
                when 'business_days' then calendars.daily_open_ms
                when 'days' then 86400000
                when 'hours' then 3600000
                when 'business_hours' then 3600000
                else 60000
            end as {{ dbt.type_bigint() }}
        ) as within_ms
    from commitments
    inner join handoffs
        on commitments.handoff_id = handoffs.handoff_id
    inner join owners
        on commitments.handoff_id = owners.handoff_id
    inner join calendars
        on owners.calendar = calendars.calendar

),

in_business_time as (

    select * from clocks
    where is_business and starts_at is not null

),

business_dues as (

    {{ business_due('in_business_time', 'clock_id', 'calendar', 'starts_at', 'within_ms') }}

),

with_due as (

    select
        clocks.*,
        case
            when clocks.is_business then business_dues.due_at
            else {{ from_epoch_ms(epoch_ms('clocks.starts_at') ~ ' + clocks.within_ms') }}
        end as due_at
    from clocks
    left join business_dues
        on clocks.clock_id = business_dues.clock_id

)

select * from with_due
