{# The engine's type for a type of the agreement's columns. #}
{% macro column_type(agreed) -%}
    {%- set types = {
        'string': dbt.type_string(),
        'integer': dbt.type_bigint(),
        'number': type_amount(),
        'boolean': dbt.type_boolean(),
        'date': 'date',
        'datetime': dbt.type_timestamp(),
    } -%}
    {{ return(types[agreed]) }}
{%- endmacro %}

{# Amounts: exact, in units of the currency. #}
{% macro type_amount() -%}
    {{ return('decimal(38, 10)') }}
{%- endmacro %}
