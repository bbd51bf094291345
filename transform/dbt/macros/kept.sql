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
    {{ return(adapter.dispatch('forget_unknown_contacts', 'smarketing')()) }}
{%- endmacro %}

{% macro default__forget_unknown_contacts() -%}
    delete from {{ this }}
    where contact_id not in (select contact_id from {{ ref('int_lead_ids') }})
{%- endmacro %}

{# Spark's plain tables can only be written anew, and not while they are read. #}
{% macro spark__forget_unknown_contacts() -%}
    {%- set people = ref('int_lead_ids') -%}
    {%- if execute -%}
        {%- set others = this.incorporate(path={'identifier': this.identifier ~ '__others'}) -%}
        {%- do run_query('drop table if exists ' ~ others) -%}
        {%- set known -%}
            create table {{ others }} using parquet as
            select * from {{ this }}
            where contact_id in (select contact_id from {{ people }})
        {%- endset -%}
        {%- do run_query(known) -%}
        {%- do run_query('insert overwrite table ' ~ this ~ ' select * from ' ~ others) -%}
        {%- do run_query('drop table ' ~ others) -%}
    {%- endif -%}
{%- endmacro %}
