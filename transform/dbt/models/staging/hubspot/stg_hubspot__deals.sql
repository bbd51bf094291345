{%- set raw = source('raw_hubspot', 'deals') -%}
{%- set columns = raw_columns(raw) -%}

with

source as (

    select * from {{ raw }}

),

renamed as (

    select
        id as deal_id,
        nullif(pipeline, '') as pipeline_id,
        nullif(dealstage, '') as stage_id,
        nullif(hubspot_owner_id, '') as owner_id,
        {{ raw_or_null(columns, 'deal_currency_code', dbt.type_string()) }} as currency,
        cast(amount as {{ type_amount() }}) as original_amount,
        {{ raw_or_null(columns, 'amount_in_home_currency', type_amount()) }} as home_amount,
        coalesce(archived, false) as is_archived,
        archived_at,
        coalesce(createdate, created_at) as created_at,
        closedate as closes_at,
        coalesce(hs_lastmodifieddate, updated_at) as modified_at

    from source

)

select * from renamed
