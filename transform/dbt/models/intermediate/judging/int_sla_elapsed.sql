{%- set marks = {'starts_at': 'start_hours', 'reached_at': 'reached_hours', 'ends_at': 'end_hours'} -%}

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
    {%- for instant, joined in marks.items() %}
    inner join hours as {{ joined }}
        on {{ hour_index('periods.' ~ instant) }} = {{ joined }}.hour_index
    {%- endfor %}

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
