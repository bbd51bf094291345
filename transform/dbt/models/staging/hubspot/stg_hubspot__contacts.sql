{%- set raw = source('raw_hubspot', 'contacts') -%}
{%- set columns = raw_columns(raw) -%}

with

source as (

    select * from {{ raw }}

),

renamed as (

    select
        id as contact_id,
        nullif(email, '') as email,
        {{ raw_or_null(columns, 'phone', dbt.type_string()) }} as phone,
        {{ raw_or_null(columns, 'country', dbt.type_string()) }} as country,
        nullif(lifecyclestage, '') as lifecycle_value,
        nullif(hs_lead_status, '') as lead_status,
        nullif(hubspot_owner_id, '') as owner_id,
        cast(
            {{ raw_or_null(columns, 'associatedcompanyid', dbt.type_bigint()) }} as {{ dbt.type_string() }}
        ) as company_id,
        {{ raw_or_null(columns, var('source_property'), dbt.type_string()) }} as original_source,
        {{ raw_or_null(columns, 'hs_analytics_source_data_2', dbt.type_string()) }} as source_detail,
        {{ raw_or_null(columns, var('reason_property'), dbt.type_string()) }} as verdict_reason,
        {{ raw_or_null(columns, 'referred_by', dbt.type_string()) }} as referred_by,
        {% for column in var('columns') if column.of == 'contact' %}
        {{ raw_or_null(columns, column.property, column_type(column.type)) }} as agreed_{{ column.name }},
        {% endfor %}
        coalesce(archived, false) as is_archived,
        {{ raw_or_null(columns, 'hubspot_owner_assigneddate', dbt.type_timestamp()) }} as owner_assigned_at,
        coalesce(createdate, created_at) as created_at,
        coalesce(lastmodifieddate, updated_at) as modified_at,
        {{ lifecycle_entered_at(columns) }} as lifecycle_entered_at

    from source

)

select * from renamed
