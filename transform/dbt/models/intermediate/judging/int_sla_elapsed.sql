with periods as (

    select distinct
        period,
        period_start,
        starts_at,
        case when is_running then as_of else ends_at end as reached_at,
        ends_at
    from {{ ref('int_sla_periods') }}

),

hours as (

    select * from {{ source('raw_agreement', 'calendar_hours') }}
    where calendar = 'default'

),

open_before as (

    select
        periods.period,
        periods.period_start,
        {{ open_ms_before('periods.starts_at', 'start_hours') }} as start_ms,
        {{ open_ms_before('periods.reached_at', 'reached_hours') }} as reached_ms,
        {{ open_ms_before('periods.ends_at', 'end_hours') }} as end_ms
    from periods
    inner join hours as start_hours
        on {{ hour_index('periods.starts_at') }} = start_hours.hour_index
    inner join hours as reached_hours
        on {{ hour_index('periods.reached_at') }} = reached_hours.hour_index
    inner join hours as end_hours
        on {{ hour_index('periods.ends_at') }} = end_hours.hour_index

),

elapsed as (

    select
        period,
        period_start,
        reached_ms - start_ms as elapsed_ms,
        end_ms - start_ms as open_ms
    from open_before

)

select * from elapsed
