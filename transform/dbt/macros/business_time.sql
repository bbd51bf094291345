{#
  Business time over `raw_agreement.calendar_hours`: one row per calendar and UTC hour, one open interval in
  it, and the open milliseconds before it. Everything is an equi-join on whole numbers.
#}

{# The UTC hour that holds an instant. #}
{% macro hour_index(instant) -%}
    {{ whole_quotient(epoch_ms(instant), 3600000) }}
{%- endmacro %}

{#
  Open milliseconds before `instant`, `hours` being its row of `calendar_hours`. Outside the calendar's range
  the row is missing and the answer null: `least` and `greatest` would skip the null and invent open time.
#}
{% macro open_ms_before(instant, hours) -%}
    {%- set offset = '(' ~ epoch_ms(instant) ~ ' - ' ~ hours ~ '.hour_index * 3600000)' -%}
    {{ hours }}.open_ms_before + case
        when {{ offset }} <= {{ hours }}.opens_ms then 0
        when {{ offset }} >= {{ hours }}.closes_ms then {{ hours }}.closes_ms - {{ hours }}.opens_ms
        else {{ offset }} - {{ hours }}.opens_ms
    end
{%- endmacro %}

{#
  A query of `key` and `business_minutes`: unrounded open minutes from `from_at` to `to_at` on `calendar`, for
  each row of `relation`. Never negative; null if an instant is null.
#}
{% macro business_minutes(relation, key, calendar, from_at, to_at) -%}
    select
        asked.{{ key }},
        case
            when asked.{{ to_at }} <= asked.{{ from_at }} then 0
            else cast(
                {{ open_ms_before('asked.' ~ to_at, 'to_hours') }}
                - ({{ open_ms_before('asked.' ~ from_at, 'from_hours') }})
                as {{ type_double() }}
            ) / 60000
        end as business_minutes
    from {{ relation }} as asked
    left join {{ source('raw_agreement', 'calendar_hours') }} as from_hours
        on
            asked.{{ calendar }} = from_hours.calendar
            and {{ hour_index('asked.' ~ from_at) }} = from_hours.hour_index
    left join {{ source('raw_agreement', 'calendar_hours') }} as to_hours
        on
            asked.{{ calendar }} = to_hours.calendar
            and {{ hour_index('asked.' ~ to_at) }} = to_hours.hour_index
{%- endmacro %}

{#
  A query of `key` and `due_at`: the earliest instant at which `within_ms` (whole, above 0) of open time are
  used up, from `from_at` on `calendar`, for each row of `relation`. Null if that lies beyond the calendar.
#}
{% macro business_due(relation, key, calendar, from_at, within_ms) -%}
    select
        wanted.{{ key }},
        {{ from_epoch_ms(
            'buckets.hour_index * 3600000 + buckets.opens_ms + wanted.used_up_at_ms - buckets.open_ms_before'
        ) }} as due_at
    from (
        select
            asked.{{ key }},
            asked.{{ calendar }} as calendar,
            {{ open_ms_before('asked.' ~ from_at, 'hours') }} + asked.{{ within_ms }} as used_up_at_ms
        from {{ relation }} as asked
        inner join {{ source('raw_agreement', 'calendar_hours') }} as hours
            on
                asked.{{ calendar }} = hours.calendar
                and {{ hour_index('asked.' ~ from_at) }} = hours.hour_index
    ) as wanted
    inner join {{ ref('int_calendar_buckets') }} as buckets
        on
            wanted.calendar = buckets.calendar
            and {{ whole_quotient('wanted.used_up_at_ms - 1', 3600000) }} = buckets.bucket
            and wanted.used_up_at_ms > buckets.open_ms_before
            and wanted.used_up_at_ms <= buckets.open_ms_after
{%- endmacro %}
