{# What dbt-spark's own macros do otherwise than the models need. #}

{# With nulls for what does not fit: a plain cast would fail. #}
{% macro spark__safe_cast(field, type) -%}
    try_cast({{ field }} as {{ type }})
{%- endmacro %}

{# In the order asked for: collecting a list keeps none. #}
{% macro spark__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
    listagg({{ measure }}, {{ delimiter_text }}) within group ({{ order_by_clause }})
{%- endmacro %}
