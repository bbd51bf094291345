{%- set raw = source('raw_hubspot', 'calls') -%}
{%- set columns = raw_columns(raw) -%}

with

source as (

    select * from {{ raw }}

),

renamed as (

    select
        id as engagement_id,
        nullif(hubspot_owner_id, '') as owner_id,
        {{ raw_or_null(columns, 'hs_call_direction', dbt.type_string()) }} as direction,
        {{ raw_or_null(columns, 'hs_call_status', dbt.type_string()) }} as outcome,
        coalesce(hs_timestamp, created_at) as happened_at,
        coalesce(hs_createdate, created_at) as logged_at

    from source

)

select * from renamed
