{# Schemas are called exactly as configured: readers find `marts` under that name on every engine. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
