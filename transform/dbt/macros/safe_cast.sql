{#
  dbt's `safe_cast` for PostgreSQL, which would fail on a value that does not fit: the functions are made by
  the warehouse, one for each of the agreement's types.
#}
{% macro postgres__safe_cast(field, type) -%}
    {%- set functions = {
        type_amount(): 'try_number',
        dbt.type_bigint(): 'try_integer',
        dbt.type_boolean(): 'try_boolean',
        dbt.type_timestamp(): 'try_datetime',
        'date': 'try_date',
    } -%}
    {%- if type in functions -%}
        cast(public.{{ functions[type] }}({{ field }}) as {{ type }})
    {%- else -%}
        cast({{ field }} as {{ type }})
    {%- endif -%}
{%- endmacro %}
