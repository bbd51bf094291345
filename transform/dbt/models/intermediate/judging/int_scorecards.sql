{%- set kpis = [
    ('marketing', 'visitors', none, none, false),
    ('marketing', 'contacts', 'deliver', 'contact', true),
    ('marketing', 'leads', 'deliver', 'lead', true),
    ('marketing', 'mqls', 'deliver', 'marketing_qualified_lead', true),
    ('marketing', 'acceptance', 'accepted', none, false),
    ('marketing', 'sourced_pipeline', 'deliver_value', none, true),
    ('marketing', 'cost', none, none, false),
    ('marketing', 'cost_per_lead', none, none, false),
    ('marketing', 'cost_per_mql', none, none, false),
    ('marketing', 'cost_per_customer', none, none, false),
    ('sales', 'response_share', 'respond', none, false),
    ('sales', 'median_response_minutes', none, none, false),
    ('sales', 'follow_up_share', 'follow_up', none, false),
    ('sales', 'verdict_share', 'decide', none, false),
    ('sales', 'sqls', 'convert', 'sales_qualified_lead', true),
    ('sales', 'opportunities', 'convert', 'opportunity', true),
    ('sales', 'customers', 'convert', 'customer', true),
    ('sales', 'win_rate', none, none, false),
    ('sales', 'won_amount', 'convert_value', none, true),
    ('sales', 'median_days_to_close', none, none, false),
    ('sales', 'repeat_customers', none, none, true),
    ('sales', 'referrals', none, none, true),
    ('sales', 'promoters', 'convert', 'promoter', true),
] -%}

with months as (

    select * from {{ source('raw_agreement', 'periods') }}
    where period = 'month'

),

kpis as (

    {% for department, kpi, measure, stage, is_count in kpis if stage is none or stage in var('stages') %}
    select
        cast('{{ department }}' as {{ dbt.type_string() }}) as department,
        cast('{{ kpi }}' as {{ dbt.type_string() }}) as kpi,
        cast({{ "'" ~ measure ~ "'" if measure else 'null' }} as {{ dbt.type_string() }}) as measure,
        cast({{ "'" ~ stage ~ "'" if stage else 'null' }} as {{ dbt.type_string() }}) as stage,
        cast({{ is_count }} as {{ dbt.type_boolean() }}) as is_count
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

monthly as (

    select * from {{ ref('int_kpi_values') }}

),

filled as (

    select
        months.period_start as month,
        kpis.department,
        kpis.kpi,
        kpis.measure,
        kpis.stage,
        kpis.is_count,
        monthly.eligible,
        case when kpis.is_count then coalesce(monthly.total, 0) else monthly.total end as total,
        case when kpis.is_count then coalesce(monthly.value, 0) else monthly.value end as value
    from months
    cross join kpis
    left join monthly
        on
            months.period_start = monthly.month
            and kpis.kpi = monthly.kpi

)

select * from filled
