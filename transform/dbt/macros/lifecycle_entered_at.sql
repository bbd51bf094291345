{#
  When the CRM says that the present lifecycle value was entered, from whichever date-entered property the portal
  has for it; null if it has none.
#}
{% macro lifecycle_entered_at(columns) -%}
    case
        {%- for value in var('stage_values') %}
        {%- for property in ['hs_v2_date_entered_' ~ value, 'hs_lifecyclestage_' ~ value ~ '_date'] %}
        {%- if property | lower in columns %}
        when lifecyclestage = '{{ value | replace("'", "''") }}' and {{ adapter.quote(property) }} is not null
            then {{ adapter.quote(property) }}
        {%- endif %}
        {%- endfor %}
        {%- endfor %}
        when 1 = 0 then createdate
    end
{%- endmacro %}
