with months as (

    select * from {{ source('raw_agreement', 'periods') }}
    where period = 'month'

),

events as (

    select * from {{ ref('int_kpi_events') }}

),

monthly as (

    select
        months.period_start as month,
        events.kpi,
        cast(sum(events.part) as decimal(28, 6)) as total,
        cast(sum(events.whole) as {{ dbt.type_bigint() }}) as eligible
    from events
    inner join months
        on
            events.happened_at >= months.starts_at
            and events.happened_at < months.ends_at
    group by months.period_start, events.kpi

)

select * from monthly
