{#
  Whether this build works everything out anew. Otherwise it works out the leads of `int_changed_leads` alone: models
  of single leads hold only them, and those that are `by_lead` keep everybody else from the build before.
  A unit test has no build before it.
#}
{% macro builds_everything() -%}
    {{ return(flags.FULL_REFRESH or model.resource_type == 'unit_test') }}
{%- endmacro %}

{# Narrows a relation with a `lead_id` to the leads that this build works out. #}
{% macro of_tonights_leads() -%}
    {%- if not builds_everything() -%}
    where lead_id in (select lead_id from {{ ref('int_changed_leads') }})
    {%- endif -%}
{%- endmacro %}

{# Narrows a relation with a `lead_id` to those whose parts in figures this build works out: somebody else's may move them. #}
{% macro of_recounted_leads() -%}
    {%- if not builds_everything() -%}
    where lead_id in (select lead_id from {{ ref('int_recounted_leads') }})
    {%- endif -%}
{%- endmacro %}

{#
  A number that stands for a row, whatever its columns are: two rows that differ have different ones, to all intents.
  `row` is the alias of a relation. Numbers of several rows may be summed.
#}
{% macro row_print(row) -%}
    {{ return(adapter.dispatch('row_print', 'smarketing')(row)) }}
{%- endmacro %}

{% macro duckdb__row_print(row) -%}
    cast(hash({{ row }}) as decimal(38, 0))
{%- endmacro %}

{% macro default__row_print(row) -%}
    cast(hashtextextended(cast({{ row }} as text), 0) as decimal(38, 0))
{%- endmacro %}

{% macro spark__row_print(row) -%}
    cast(xxhash64(struct({{ row }}.*)) as decimal(38, 0))
{%- endmacro %}

{# The later of two instants, either of which may be null. #}
{% macro later_of(one, other) -%}
    case when {{ one }} >= {{ other }} or {{ other }} is null then {{ one }} else {{ other }} end
{%- endmacro %}
