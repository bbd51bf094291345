{#- One number over another with six decimals, exact halves rounded up as people do (floats alone would not);
    null where there is nothing to divide by. -#}
{% macro share_of(part, whole) -%}
cast(cast(cast({{ part }} as {{ type_double() }}) / nullif({{ whole }}, 0) as decimal(38, 12)) as decimal(28, 6))
{%- endmacro %}
