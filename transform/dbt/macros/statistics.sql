{# What a server's planner must know of a table that was just filled; DuckDB knows it by itself. #}
{% macro gather_statistics() -%}
    {{ return(adapter.dispatch('gather_statistics', 'smarketing')()) }}
{%- endmacro %}

{% macro default__gather_statistics() -%}
{%- endmacro %}

{% macro postgres__gather_statistics() -%}
    analyze {{ this }}
{%- endmacro %}
