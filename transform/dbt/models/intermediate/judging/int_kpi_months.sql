{%- set stages = {
    'contacts': 'contact',
    'leads': 'lead',
    'mqls': 'marketing_qualified_lead',
    'sqls': 'sales_qualified_lead',
    'opportunities': 'opportunity',
    'customers': 'customer',
    'promoters': 'promoter',
} -%}

with months as (

    select * from {{ source('raw_agreement', 'periods') }}
    where period = 'month'

),

facts as (

    select * from {{ ref('int_sla_facts') }}

),

deals as (

    select * from {{ ref('int_counted_deals') }}

),

handoffs as (

    select * from {{ ref('int_counted_handoffs') }}

),

judged as (

    select * from {{ ref('int_sla_handoffs') }}

),

happened as (

    {% for kpi, stage in stages.items() %}
    select
        cast('{{ kpi }}' as {{ dbt.type_string() }}) as kpi,
        happened_at,
        amount as part,
        cast(null as {{ dbt.type_int() }}) as whole
    from facts
    where kind = 'entry' and stage = '{{ stage }}'
    union all
    {% endfor %}
    {% for kpi, measure in {'response_share': 'respond', 'follow_up_share': 'follow_up', 'verdict_share': 'decide'}.items() %}
    select '{{ kpi }}' as kpi, handed_off_at, case when status = 'met' then 1 else 0 end as part, 1 as whole
    from judged
    where measure = '{{ measure }}' and status in ('met', 'breached')
    union all
    {% endfor %}
    select 'acceptance' as kpi, handed_off_at, case when verdict = 'accepted' then 1 else 0 end as part, 1 as whole
    from handoffs
    where verdict in ('accepted', 'rejected')
    union all
    select 'sourced_pipeline' as kpi, created_at, amount as part, null as whole
    from deals
    union all
    select 'won_amount' as kpi, closed_at, amount as part, null as whole
    from deals
    where is_won
    union all
    select 'win_rate' as kpi, closed_at, case when is_won then 1 else 0 end as part, 1 as whole
    from deals
    where is_closed

),

monthly as (

    select
        months.period_start as month,
        happened.kpi,
        cast(sum(happened.part) as decimal(28, 6)) as total,
        cast(sum(happened.whole) as {{ dbt.type_bigint() }}) as eligible
    from happened
    inner join months
        on
            happened.happened_at >= months.starts_at
            and happened.happened_at < months.ends_at
    group by months.period_start, happened.kpi

)

select * from monthly
