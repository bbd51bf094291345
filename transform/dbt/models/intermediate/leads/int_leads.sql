with contacts as (

    select * from {{ ref('int_contacts') }}

),

stages as (

    select * from {{ ref('int_lead_stages') }}

),

present as (

    select * from {{ ref('int_lead_present') }}

),

owners as (

    select * from {{ ref('int_owners') }}

),

lead_companies as (

    select * from {{ ref('int_lead_companies') }}

),

companies as (

    select * from {{ ref('stg_hubspot__companies') }}

),

sources as (

    select * from {{ source('raw_agreement', 'sources') }}

),

described as (

    select
        contacts.lead_id,
        cast('{{ var("crm") }}' as {{ dbt.type_string() }}) as crm,
        stages.stage,
        stages.stage_rank,
        stages.stage_since,
        {% for stage in var('stages') %}
        stages.became_{{ stage }}_at,
        {% endfor %}
        present.lead_status,
        present.owner_id,
        owners.owner_name,
        owners.team as owner_team,
        coalesce(sources.source, lower(contacts.original_source)) as source,
        contacts.country,
        lead_companies.company_id,
        companies.company_name,
        contacts.email,
        contacts.phone,
        contacts.referred_by,
        contacts.verdict_reason,
        {% for column in var('columns') if column.of == 'contact' %}
        contacts.agreed_{{ column.name }} as {{ column.name }},
        {% endfor %}
        {% for column in var('columns') if column.of == 'company' %}
        companies.agreed_{{ column.name }} as {{ column.name }},
        {% endfor %}
        contacts.created_at,
        contacts.is_archived,
        contacts.merged_ids
    from contacts
    left join stages
        on contacts.lead_id = stages.lead_id
    left join present
        on contacts.lead_id = present.lead_id
    left join owners
        on present.owner_id = owners.owner_id
    left join lead_companies
        on contacts.lead_id = lead_companies.lead_id
    left join companies
        on lead_companies.company_id = companies.company_id
    left join sources
        on contacts.original_source = sources.crm_value

)

select * from described
