{#
  What a table and its columns mean, said in the table itself, so that it travels with every copy. The agreement's own
  columns of leads are described by where they come from.
#}
{% macro describe() -%}
    {%- if execute -%}
    {%- set said = {} -%}
    {%- for column in model.columns.values() if column.description -%}
        {%- do said.update({column.name: column.description}) -%}
    {%- endfor -%}
    {%- if model.name == 'leads' -%}
        {%- for stage in var('stages') -%}
            {%- do said.update({'became_' ~ stage ~ '_at': 'When it first entered ' ~ stage ~ ' or a later stage.'}) -%}
        {%- endfor -%}
        {%- for column in var('columns') -%}
            {%- do said.update({column.name: "The agreement's: " ~ column.of ~ ' property ' ~ column.property ~ '.'}) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ adapter.dispatch('tell', 'smarketing')(model.description, said) }}
    {%- endif -%}
{%- endmacro %}

{% macro default__tell(description, said) -%}
    comment on table {{ this }} is '{{ description | trim | replace("'", "''") }}';
    {%- for name, description in said.items() %}
    comment on column {{ this }}.{{ adapter.quote(name) }} is '{{ description | trim | replace("'", "''") }}';
    {%- endfor -%}
{%- endmacro %}

{# A statement for each column takes longer than many a model: all of it is one property of the table. #}
{% macro spark__tell(description, said) -%}
    {%- set all = {'': description | trim} -%}
    {%- for name, meaning in said.items() -%}
        {%- do all.update({name: meaning | trim}) -%}
    {%- endfor -%}
    alter table {{ this }} set tblproperties ('smarketing.described' = '{{ all | tojson | replace("\\", "\\\\") }}')
{%- endmacro %}
