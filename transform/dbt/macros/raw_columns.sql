{# The lower-case names of the columns that a raw table has: a portal need not have every property. #}
{% macro raw_columns(relation) -%}
    {%- if execute -%}
        {{ return(adapter.get_columns_in_relation(relation) | map(attribute='name') | map('lower') | list) }}
    {%- else -%}
        {{ return([]) }}
    {%- endif -%}
{%- endmacro %}

{# The column `name` as `type`, or null where it is missing or does not fit; empty text is null. #}
{% macro raw_or_null(columns, name, type) -%}
    {%- if name and name | lower in columns -%}
        {%- if type == dbt.type_string() -%}
            nullif(cast({{ adapter.quote(name) }} as {{ type }}), '')
        {%- else -%}
            {{ dbt.safe_cast(adapter.quote(name), type) }}
        {%- endif -%}
    {%- else -%}
        cast(null as {{ type }})
    {%- endif -%}
{%- endmacro %}
