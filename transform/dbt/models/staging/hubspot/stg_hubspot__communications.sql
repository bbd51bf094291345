{%- set raw = source('raw_hubspot', 'communications') -%}
{%- set columns = raw_columns(raw) -%}

with

source as (

    select * from {{ raw }}

),

renamed as (

    select
        id as engagement_id,
        nullif(hubspot_owner_id, '') as owner_id,
        {{ raw_or_null(columns, 'hs_communication_channel_type', dbt.type_string()) }} as channel,
        coalesce(hs_timestamp, created_at) as happened_at,
        coalesce(hs_createdate, created_at) as logged_at

    from source

)

select * from renamed
