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
  often it is broken. Rows that cannot have come to break one since the last build are not looked at.
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
        {%- set rows_held = worked_out(held, promised['columns']) -%}
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

{#
  The rows of a model that may break a promise which held at the last build: in a table `by_lead` those that this build
  wrote. Elsewhere, if the key names a lead or a contact, theirs of tonight: whatever is made of anybody else's records
  is as it was, and two rows with one key have one lead. `meta: {contacts: {TYPE: ID}}` says so of records that name
  their kind in another column.
#}
{% macro worked_out(held, key) -%}
    {%- set meta = held.config.meta -%}
    {%- set leads = graph.nodes['model.smarketing.' ~ meta.get('leads', 'int_changed_leads')].relation_name -%}
    {%- set contacts = graph.nodes['model.smarketing.int_changed_contacts'].relation_name -%}
    {%- set conditions = [] -%}
    {%- if held.config.materialized == 'by_lead' -%}
        {%- do conditions.append('lead_id in (select lead_id from ' ~ leads ~ ')') -%}
    {%- elif 'contact_id' in key -%}
        {%- do conditions.append('(contact_id is null or contact_id in (select contact_id from ' ~ contacts ~ '))') -%}
    {%- elif 'lead_id' in key -%}
        {%- do conditions.append('(lead_id is null or lead_id in (select lead_id from ' ~ leads ~ '))') -%}
    {%- endif -%}
    {%- for kind, id in meta.get('contacts', {}).items() -%}
        {%- do conditions.append(
            '(' ~ kind ~ " is distinct from 'contacts' or " ~ id ~ ' in (select contact_id from ' ~ contacts ~ '))'
        ) -%}
    {%- endfor -%}
    {%- if conditions -%}
        (
            select *
            from {{ held.relation_name }}
            where {{ conditions | join(' and ') }}
        ) as tonights
    {%- else -%}
        {{ held.relation_name }}
    {%- endif -%}
{%- endmacro %}
