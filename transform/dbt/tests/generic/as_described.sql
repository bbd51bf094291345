{#
  Holds a model whose columns depend on the agreement to what its yml describes, and to the agreement's own
  stages and columns. A failing row is a column that is missing, of another type, or described nowhere.
#}
{% test as_described(model) %}

{%- set wanted = {} -%}
{%- set found = {} -%}
{%- if execute -%}
    {%- for column in graph.nodes['model.smarketing.' ~ model.identifier].columns.values() -%}
        {%- do wanted.update({column.name: api.Column.translate_type(column.data_type) | lower}) -%}
    {%- endfor -%}
    {%- for stage in var('stages') -%}
        {%- do wanted.update({'became_' ~ stage ~ '_at': dbt.type_timestamp() | lower}) -%}
    {%- endfor -%}
    {%- for column in var('columns') -%}
        {%- do wanted.update({column.name: column_type(column.type) | lower}) -%}
    {%- endfor -%}
    {%- for column in adapter.get_columns_in_relation(model) -%}
        {%- do found.update({column.name: 'text' if column.is_string() else column.data_type | lower}) -%}
    {%- endfor -%}
{%- endif -%}
{%- set same = {'varchar': 'text', 'string': 'text', 'timestampwithouttimezone': 'timestamp'} -%}
{%- set wrong = [] -%}
{%- for name in (wanted.keys() | list + found.keys() | list) | unique -%}
    {%- set is_type = (found.get(name) or 'missing') | replace(' ', '') | replace('decimal', 'numeric') -%}
    {%- set be_type = (wanted.get(name) or 'undescribed') | replace(' ', '') | replace('decimal', 'numeric') -%}
    {%- if same.get(is_type, is_type) != same.get(be_type, be_type) -%}
        {%- do wrong.append(name ~ ': ' ~ is_type ~ ', not ' ~ be_type) -%}
    {%- endif -%}
{%- endfor %}

{% for what in wrong -%}
select '{{ what }}' as wrong_column
{% if not loop.last %}union all{% endif %}
{% else -%}
select 'none' as wrong_column where 1 = 0
{% endfor %}

{% endtest %}
