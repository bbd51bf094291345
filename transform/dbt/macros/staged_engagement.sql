{#
  The model of one kind of engagement: whose it is, when it happened and when the CRM learnt of it, and `columns`: by
  name the CRM's property and its type.
#}
{% macro staged_engagement(kind, columns) -%}
{%- set raw = source('raw_hubspot', kind) -%}
{%- set has = raw_columns(raw) -%}
with

source as (

    select * from {{ raw }}

),

renamed as (

    select
        id as engagement_id,
        nullif(hubspot_owner_id, '') as owner_id,
        {%- for name, (property, type) in columns.items() %}
        {{ raw_or_null(has, property, type) }} as {{ name }},
        {%- endfor %}
        coalesce(hs_timestamp, created_at) as happened_at,
        coalesce(hs_createdate, created_at) as logged_at

    from source

)

select * from renamed
{%- endmacro %}
