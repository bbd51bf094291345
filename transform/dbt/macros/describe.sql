{#
  What a table and its columns mean, said in the table itself, so that it travels with every copy. The agreement's own
  columns of leads are described by where they come from.
#}
{% macro describe() -%}
    {%- if execute and target.type != 'spark' -%}
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
    comment on table {{ this }} is '{{ model.description | trim | replace("'", "''") }}';
    {%- for name, description in said.items() %}
    comment on column {{ this }}.{{ adapter.quote(name) }} is '{{ description | trim | replace("'", "''") }}';
    {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
