{# Milliseconds from 1970 to an instant, exactly: reading seconds first would round. #}
{% macro epoch_ms(instant) -%}
    {{ return(adapter.dispatch('epoch_ms', 'smarketing')(instant)) }}
{%- endmacro %}

{% macro default__epoch_ms(instant) -%}
    cast(extract(epoch from {{ instant }}) * 1000 as bigint)
{%- endmacro %}

{% macro duckdb__epoch_ms(instant) -%}
    epoch_ms({{ instant }})
{%- endmacro %}

{% macro spark__epoch_ms(instant) -%}
    unix_millis({{ instant }})
{%- endmacro %}

{# The instant that many milliseconds after 1970. #}
{% macro from_epoch_ms(milliseconds) -%}
    {{ return(adapter.dispatch('from_epoch_ms', 'smarketing')(milliseconds)) }}
{%- endmacro %}

{% macro default__from_epoch_ms(milliseconds) -%}
    cast(timestamp '1970-01-01' + ({{ milliseconds }}) * interval '1 millisecond' as timestamp)
{%- endmacro %}

{% macro duckdb__from_epoch_ms(milliseconds) -%}
    make_timestamp_ms({{ milliseconds }})
{%- endmacro %}

{% macro spark__from_epoch_ms(milliseconds) -%}
    timestamp_millis({{ milliseconds }})
{%- endmacro %}

{# Whole times that `divisor` goes into a non-negative integer. #}
{% macro whole_quotient(number, divisor) -%}
    {{ return(adapter.dispatch('whole_quotient', 'smarketing')(number, divisor)) }}
{%- endmacro %}

{% macro default__whole_quotient(number, divisor) -%}
    (({{ number }}) / {{ divisor }})
{%- endmacro %}

{% macro duckdb__whole_quotient(number, divisor) -%}
    (({{ number }}) // {{ divisor }})
{%- endmacro %}

{% macro spark__whole_quotient(number, divisor) -%}
    (({{ number }}) div {{ divisor }})
{%- endmacro %}

{# The day that an instant falls on in the agreement's time zone. #}
{% macro local_day(instant) -%}
    {{ return(adapter.dispatch('local_day', 'smarketing')(instant, var('timezone'))) }}
{%- endmacro %}

{% macro default__local_day(instant, zone) -%}
    cast(({{ instant }} at time zone 'UTC') at time zone '{{ zone }}' as date)
{%- endmacro %}

{% macro spark__local_day(instant, zone) -%}
    cast(from_utc_timestamp({{ instant }}, '{{ zone }}') as date)
{%- endmacro %}
