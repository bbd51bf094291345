{%- set stages = {
    'contacts': 'contact',
    'leads': 'lead',
    'mqls': 'marketing_qualified_lead',
    'sqls': 'sales_qualified_lead',
    'opportunities': 'opportunity',
    'customers': 'customer',
    'promoters': 'promoter',
} -%}
{%- set clocks = {'response_share': 'respond', 'follow_up_share': 'follow_up', 'verdict_share': 'decide'} -%}

with facts as (

    select * from {{ ref('int_sla_facts') }}

),

judged as (

    select * from {{ ref('int_sla_handoffs') }}
    where status in ('met', 'breached')

),

handoffs as (

    select * from {{ ref('int_counted_handoffs') }}
    where verdict in ('accepted', 'rejected')

),

deals as (

    select * from {{ ref('int_counted_deals') }}
    where is_closed

),

visits as (

    select * from {{ ref('int_visits') }}

),

referrals as (

    select * from {{ ref('int_referrals') }}

),

summed as (

    select
        case
            when kind = 'created' then 'sourced_pipeline'
            when kind = 'won' then 'won_amount'
            {%- for kpi, stage in stages.items() %}
            when stage = '{{ stage }}' then '{{ kpi }}'
            {%- endfor %}
        end as kpi,
        happened_at,
        amount as part,
        cast(null as {{ dbt.type_int() }}) as whole
    from facts
    union all
    select
        'visitors' as kpi,
        starts_at as happened_at,
        visitors as part,
        cast(null as {{ dbt.type_int() }}) as whole
    from visits
    union all
    select
        'referrals' as kpi,
        referred_at as happened_at,
        1 as part,
        cast(null as {{ dbt.type_int() }}) as whole
    from referrals

),

shared as (

    select
        case measure
            {%- for kpi, measure in clocks.items() %}
            when '{{ measure }}' then '{{ kpi }}'
            {%- endfor %}
        end as kpi,
        handed_off_at as happened_at,
        case when status = 'met' then 1 else 0 end as part,
        1 as whole
    from judged
    union all
    select
        'acceptance' as kpi,
        handed_off_at as happened_at,
        case when verdict = 'accepted' then 1 else 0 end as part,
        1 as whole
    from handoffs
    union all
    select
        'win_rate' as kpi,
        closed_at as happened_at,
        case when is_won then 1 else 0 end as part,
        1 as whole
    from deals

),

events as (

    select * from summed
    where kpi is not null
    union all
    select * from shared
    where kpi is not null

)

select * from events
