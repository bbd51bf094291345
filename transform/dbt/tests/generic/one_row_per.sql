{#
  What a model promises of its rows, in one reading of it: one row per key of `columns`, no null in them other
  than in those of `or_null`, none in those of `never_null`, and in a column of `one_of` nothing but its values
  or null. A failing row names a promise that is broken, and how many keys or rows break it.
#}
{% test one_row_per(model, columns, or_null=(), never_null=(), one_of={}) %}
{{ config(fail_calc='coalesce(sum(how_many), 0)') }}
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
        from {{ model }}
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
    from {{ model }}
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

{% endtest %}
