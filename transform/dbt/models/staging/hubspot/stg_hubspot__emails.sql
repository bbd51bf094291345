{%- set raw = source('raw_hubspot', 'emails') -%}
{%- set columns = raw_columns(raw) -%}

with

source as (

    select * from {{ raw }}

),

renamed as (

    select
        id as engagement_id,
        nullif(hubspot_owner_id, '') as owner_id,
        {{ raw_or_null(columns, 'hs_email_direction', dbt.type_string()) }} as direction,
        {{ raw_or_null(columns, 'hs_email_status', dbt.type_string()) }} as outcome,
        {{ raw_or_null(columns, 'hs_sequence_id', dbt.type_string()) }} as sequence_id,
        {{ raw_or_null(columns, 'hs_email_sent_via', dbt.type_string()) }} as sent_via,
        coalesce(hs_timestamp, created_at) as happened_at,
        coalesce(hs_createdate, created_at) as logged_at

    from source

)

select * from renamed
