{#
  A query of the agreement's local days, each once for every UTC day that it touches: instants find their day by an
  equi-join on `utc_day`, which a range join over years of days does not come near.
#}
{% macro local_days() -%}
    {%- for later in range(3) %}
    select
        {{ utc_day('starts_at') }} + {{ later }} as utc_day,
        day,
        cast({{ dbt.date_trunc('month', 'day') }} as date) as month,
        starts_at,
        ends_at
    from {{ source('raw_agreement', 'days') }}
    where {{ utc_day('starts_at') }} + {{ later }} <= {{ utc_day('ends_at') }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}

{# The number of the UTC day that holds an instant. #}
{% macro utc_day(instant) -%}
    {{ whole_quotient(epoch_ms(instant), 86400000) }}
{%- endmacro %}
