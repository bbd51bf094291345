{#
  A table of the CRM that not every portal has: where it is missing, one without rows. `columns` are of `name` and
  `type`; a column that the table lacks is null.
#}
{% macro raw_table(name, columns) -%}
    {%- set place = source('raw_hubspot', name) -%}
    {%- set found = load_relation(place) if execute else none -%}
    {%- set has = raw_columns(found) if found else [] -%}
    select
        {%- for column, type in columns.items() %}
        {{ raw_or_null(has, column, type) }} as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    {%- if found %}
    from {{ place }}
    {%- else %}
    from {{ source('raw_hubspot', 'contacts') }}
    where 1 = 0
    {%- endif %}
{%- endmacro %}

{#
  Look which raw tables there are, before models do so side by side: dbt remembers a schema's tables one by one as it
  hears of them, and whoever asks meanwhile is told that a table is missing that is only not remembered yet.
#}
{% macro know_raw_tables() -%}
    {%- if execute -%}
        {%- do load_relation(source('raw_hubspot', 'contacts')) -%}
    {%- endif -%}
{%- endmacro %}
