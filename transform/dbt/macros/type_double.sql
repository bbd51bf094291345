{#- A number of eight bytes: `float` is four on some engines. -#}
{% macro type_double() -%}
    {{ return(adapter.dispatch('type_double', 'smarketing')()) }}
{%- endmacro %}

{% macro default__type_double() -%}
    {{ return('float8') }}
{%- endmacro %}

{% macro spark__type_double() -%}
    {{ return('double') }}
{%- endmacro %}
