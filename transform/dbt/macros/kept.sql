{#
  What earlier runs saw, of a model that is kept across runs, a full refresh included: its rows in `columns` (of
  `name` and `type`); none on the first night.
#}
{% macro kept_rows(columns) -%}
    select
        {%- for column, type in columns.items() %}
        {{ column if is_incremental() else 'cast(null as ' ~ type ~ ') as ' ~ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    {%- if is_incremental() %}
    from {{ this }}
    {%- else %}
    from {{ source('raw_agreement', 'run') }}
    where 1 = 0
    {%- endif %}
{%- endmacro %}

{# Deletes from this model whom the CRM does not know any more: people deleted for privacy. #}
{% macro forget_unknown_contacts() -%}
    delete from {{ this }}
    where contact_id not in (select contact_id from {{ ref('int_lead_ids') }})
{%- endmacro %}
