with months as (

    select * from {{ source('raw_agreement', 'periods') }}
    where period = 'month'

),

handoffs as (

    select * from {{ ref('int_counted_handoffs') }}

),

deals as (

    select * from {{ ref('int_counted_deals') }}

),

measured as (

    select
        cast('median_response_minutes' as {{ dbt.type_string() }}) as kpi,
        handed_off_at as happened_at,
        cast(response_minutes as {{ type_double() }}) as measure
    from handoffs
    union all
    select
        'median_days_to_close' as kpi,
        closed_at as happened_at,
        {{ days_between('created_at', 'closed_at') }} as measure
    from deals
    where is_won

),

medians as (

    select
        months.period_start as month,
        measured.kpi,
        cast(percentile_cont(0.5) within group (order by measured.measure) as decimal(28, 6)) as value
    from measured
    inner join months
        on
            measured.happened_at >= months.starts_at
            and measured.happened_at < months.ends_at
    where measured.measure is not null
    group by months.period_start, measured.kpi

),

repeat_customers as (

    select
        months.period_start as month,
        cast('repeat_customers' as {{ dbt.type_string() }}) as kpi,
        cast(count(distinct deals.lead_id) as decimal(28, 6)) as value
    from deals
    inner join months
        on
            deals.closed_at >= months.starts_at
            and deals.closed_at < months.ends_at
    where deals.is_won and deals.is_repeat
    group by months.period_start

),

either as (

    select * from medians
    union all
    select * from repeat_customers

)

select * from either
