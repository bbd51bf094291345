{# How the CRM marks a meeting that the lead booked by itself. #}
{% macro self_booking_sources() -%}
    'MEETINGS_PUBLIC', 'MEETINGS_EMBEDDED'
{%- endmacro %}
