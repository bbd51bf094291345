{%- set columns = {'segment': 'segment', 'source': 'source', 'owner': 'owner_id', 'team': 'team'} -%}

with steps as (

    select steps.*
    from {{ ref('int_funnel_steps') }} as steps
    inner join {{ ref('int_cohort_months') }} as months
        on steps.cohort_month = months.cohort_month
    where months.is_mature

),

latest as (

    select
        *,
        dense_rank() over (order by cohort_month desc) as months_back
    from steps

),

twelve_months as (

    select * from latest
    where months_back <= 12

),

in_slices as (

    {% for dimension, column in columns.items() %}
    select
        from_rank,
        from_stage,
        to_stage,
        cast('{{ dimension }}' as {{ dbt.type_string() }}) as dimension,
        {{ column }} as slice,
        count(*) as leads,
        sum(is_converted) as converted
    from twelve_months
    where {{ column }} is not null
    group by from_rank, from_stage, to_stage, {{ column }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

everybody as (

    select
        from_stage,
        count(*) as leads,
        sum(is_converted) as converted
    from twelve_months
    group by from_stage

),

compared as (

    select
        in_slices.*,
        everybody.leads - in_slices.leads as other_leads,
        everybody.converted - in_slices.converted as other_converted
    from in_slices
    inner join everybody
        on in_slices.from_stage = everybody.from_stage

)

select * from compared
