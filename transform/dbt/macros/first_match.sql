{#
  The name of the first condition that holds; null if none does. `choices` are of `name` and `sql`, as the
  agreement lists them.
#}
{% macro first_match(choices) -%}
    {%- if choices -%}
    case
        {%- for choice in choices %}
        when {{ choice.sql }} then cast('{{ choice.name | replace("'", "''") }}' as {{ dbt.type_string() }})
        {%- endfor %}
    end
    {%- else -%}
    cast(null as {{ dbt.type_string() }})
    {%- endif -%}
{%- endmacro %}
