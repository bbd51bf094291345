{#
  What is wrong with the rows of a relation, in one reading of it: a row for each promise that is broken, with how
  many keys or rows break it. The arguments are those of the test `one_row_per`.
#}
{% macro broken_promises(relation, columns, or_null=(), never_null=(), one_of={}) -%}
{%- set promises = {} -%}
{%- for column in (columns | reject('in', or_null) | list) + (never_null | list) -%}
    {%- do promises.update({column ~ ' is null': column ~ ' is null'}) -%}
{%- endfor -%}
{%- for column, values in one_of.items() -%}
    {%- set words = "'" ~ values | join("', '") ~ "'" -%}
    {%- do promises.update({column ~ ' is none of ' ~ values | join(', '): column ~ ' not in (' ~ words ~ ')'}) -%}
{%- endfor %}

with doubled as (

    select
        cast('{{ columns | join(', ') }} occurs more than once' as {{ dbt.type_string() }}) as broken,
        count(*) as how_many
    from (
        select {{ columns | join(', ') }}
        from {{ relation }}
        group by {{ columns | join(', ') }}
        having count(*) > 1
    ) as keys
{%- if promises %}

),

counted as (

    select
        {%- for condition in promises.values() %}
        sum(case when {{ condition }} then 1 else 0 end) as broken_{{ loop.index }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ relation }}
{%- endif %}

),

broken as (

    select * from doubled
    {% for promise in promises %}
    union all
    select
        '{{ promise }}' as broken,
        broken_{{ loop.index }} as how_many
    from counted
    {% endfor %}

)

select * from broken
where how_many > 0
{%- endmacro %}

{#
  Holds every model of a layer to its own `one_row_per`, each in a query of its own, within a single test: as a node for
  each model, dbt's work takes ten times as long as the queries do. A failing row names the test, the promise and how
  often it is broken. Only leads that this build worked out are looked at in tables that keep the others.
#}
{% macro promises_of_layer(layer) -%}
    {{ config(fail_calc='coalesce(sum(how_many), 0)') }}
    {%- set found = [] -%}
    {%- if execute and flags.WHICH in ('test', 'build') -%}
        {%- for test in graph.nodes.values() | sort(attribute='unique_id') -%}
            {%- if test.resource_type == 'test' and (test.test_metadata or {}).name == 'one_row_per' -%}
                {%- set held = graph.nodes[test.attached_node] -%}
                {%- if held.fqn[1] == layer -%}
                    {%- do found.append((test, held)) -%}
                {%- endif -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {%- set rows = [] -%}
    {%- for test, held in found -%}
        {%- set promised = {} -%}
        {%- do promised.update(test.test_metadata.kwargs) -%}
        {%- do promised.pop('model') -%}
        {%- set rows_held = worked_out(held) -%}
        {%- for broken, how_many in run_query(broken_promises(rows_held, **promised)).rows -%}
            {%- do rows.append((test.name, broken, how_many)) -%}
        {%- endfor -%}
    {%- endfor %}

{% for test_name, broken, how_many in rows -%}
select
    '{{ test_name }}' as test_name,
    '{{ broken }}' as broken,
    {{ how_many }} as how_many
{% if not loop.last %}union all{% endif %}
{% else -%}
select
    'none' as test_name,
    'none' as broken,
    0 as how_many
where 1 = 0
{% endfor %}
{%- endmacro %}

{# The rows of a model that this build wrote: of a table `by_lead` those of tonight's leads. #}
{% macro worked_out(held) -%}
    {%- if held.config.materialized == 'by_lead' -%}
        (
            select *
            from {{ held.relation_name }}
            where lead_id in (select lead_id from {{ graph.nodes['model.smarketing.int_changed_leads'].relation_name }})
        ) as tonights
    {%- else -%}
        {{ held.relation_name }}
    {%- endif -%}
{%- endmacro %}
