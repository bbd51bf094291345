with sums as (

    select * from {{ ref('int_kpi_months') }}

),

medians as (

    select * from {{ ref('int_kpi_medians') }}

),

months as (

    select * from {{ source('raw_agreement', 'periods') }}
    where period = 'month'

),

costs as (

    select
        months.period_start as month,
        cast(sum(spend.cost) as decimal(28, 6)) as cost
    from {{ source('raw_agreement', 'spend') }} as spend
    -- Days end with *now*: what is planned for later is no cost yet.
    inner join {{ source('raw_agreement', 'days') }} as days
        on spend.day = days.day
    inner join months
        on
            spend.day >= months.period_start
            and spend.day <= months.period_end
    group by months.period_start

),

unit_costs as (

    select
        costs.month,
        case sums.kpi
            when 'leads' then 'cost_per_lead'
            when 'mqls' then 'cost_per_mql'
            else 'cost_per_customer'
        end as kpi,
        {{ share_of('costs.cost', 'sums.total') }} as value
    from costs
    inner join sums
        on costs.month = sums.month
    where sums.kpi in ('leads', 'mqls', 'customers')

),

kpi_values as (

    select
        month,
        kpi,
        total,
        eligible,
        case when eligible is null then total else {{ share_of('total', 'eligible') }} end as value
    from sums
    union all
    select
        month,
        kpi,
        null as total,
        null as eligible,
        value
    from medians
    union all
    select
        month,
        'cost' as kpi,
        null as total,
        null as eligible,
        cost as value
    from costs
    union all
    select
        month,
        kpi,
        null as total,
        null as eligible,
        value
    from unit_costs

)

select * from kpi_values
