{#- One number over another as a fraction with six decimals; null where there is nothing to divide by. -#}
{% macro share_of(part, whole) -%}
cast(cast({{ part }} as {{ type_double() }}) / nullif({{ whole }}, 0) as decimal(28, 6))
{%- endmacro %}
