{%- set deals = [
    ('created', 'created_at', 'created_at is not null'),
    ('won', 'closed_at', 'is_won and closed_at is not null'),
] -%}

with leads as (

    select * from {{ ref('int_counted_leads') }}
    {{ of_tonights_leads() }}

),

entries as (

    select
        lead_id,
        stage,
        min(entered_at) as happened_at
    from {{ ref('lifecycle_stages') }}
    {{ of_tonights_leads() }}
    group by lead_id, stage

),

deals as (

    select * from {{ ref('int_counted_deals') }}
    {{ of_tonights_leads() }}

),

entered as (

    select
        cast('entry' as {{ dbt.type_string() }}) as kind,
        entries.stage,
        entries.happened_at,
        leads.lead_id,
        leads.company_id,
        cast(1 as decimal(28, 6)) as amount,
        leads.segment,
        leads.source,
        leads.lead_type,
        leads.owner_id,
        leads.team
    from entries
    inner join leads
        on entries.lead_id = leads.lead_id

),

{% for kind, happened_at, which in deals %}
{{ kind }} as (

    select
        cast('{{ kind }}' as {{ dbt.type_string() }}) as kind,
        cast(null as {{ dbt.type_string() }}) as stage,
        {{ happened_at }} as happened_at,
        lead_id,
        company_id,
        amount,
        segment,
        source,
        lead_type,
        owner_id,
        team
    from deals
    where {{ which }}

),

{% endfor %}
facts as (

    select * from entered
    union all
    select * from created
    union all
    select * from won

)

select * from facts
