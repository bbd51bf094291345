{%- set raw = source('raw_hubspot', 'meetings') -%}
{%- set columns = raw_columns(raw) -%}

with

source as (

    select * from {{ raw }}

),

renamed as (

    select
        id as engagement_id,
        nullif(hubspot_owner_id, '') as owner_id,
        {{ raw_or_null(columns, 'hs_meeting_outcome', dbt.type_string()) }} as outcome,
        {{ raw_or_null(columns, 'hs_meeting_source', dbt.type_string()) }} as booked_through,
        {{ raw_or_null(columns, 'hs_meeting_location_type', dbt.type_string()) }} as location_type,
        coalesce(hs_timestamp, created_at) as happened_at,
        coalesce(hs_createdate, created_at) as logged_at,
        {{ raw_or_null(columns, 'hs_meeting_start_time', dbt.type_timestamp()) }} as starts_at

    from source

)

select * from renamed
