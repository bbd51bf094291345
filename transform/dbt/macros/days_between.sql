{#- Fractional days of 24 hours from one instant to another. -#}
{% macro days_between(start, finish) -%}
cast({{ epoch_ms(finish) }} - {{ epoch_ms(start) }} as {{ type_double() }}) / 86400000
{%- endmacro %}
