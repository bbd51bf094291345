{#
  Readers find `marts` under that name on every engine. A server has a database for them alone, a file is copied for
  them; on Spark there is one place for all, where our own schemas are called otherwise.
#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ target.schema ~ '_' if target.type == 'spark' }}{{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
