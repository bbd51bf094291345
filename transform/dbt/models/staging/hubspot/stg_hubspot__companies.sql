{%- set raw = source('raw_hubspot', 'companies') -%}
{%- set columns = raw_columns(raw) -%}

with

source as (

    select * from {{ raw }}

),

renamed as (

    select
        id as company_id,
        {{ raw_or_null(columns, 'name', dbt.type_string()) }} as company_name,
        {% for column in var('columns') if column.of == 'company' %}
        {{ raw_or_null(columns, column.property, column_type(column.type)) }} as agreed_{{ column.name }},
        {% endfor %}
        coalesce(archived, false) as is_archived

    from source

)

select * from renamed
