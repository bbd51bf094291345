{#- The 97.5 % point of the normal distribution: a 95 % interval lies this many deviations to either side. -#}
{%- set z = '1.959963984540054' -%}
{%- set enough_leads = 30 -%}

with slices as (

    select * from {{ ref('int_step_slices') }}

),

mql as (

    select stage_rank
    from {{ source('raw_agreement', 'stages') }}
    where stage = 'marketing_qualified_lead'

),

in_floats as (

    select
        slices.*,
        mql.stage_rank as mql_rank,
        cast(slices.leads as {{ type_double() }}) as n,
        cast(slices.converted as {{ type_double() }}) as k
    from slices
    cross join mql

),

intervals as (

    -- Wilson's score interval: honest for small slices and for shares near 0 and 1.
    select
        *,
        (k + {{ z }} * {{ z }} / 2) / (n + {{ z }} * {{ z }}) as centre,
        {{ z }} / (n + {{ z }} * {{ z }}) * sqrt(k * (n - k) / n + {{ z }} * {{ z }} / 4) as reach
    from in_floats

),

rounded as (

    select
        case when from_rank < mql_rank then 'marketing' else 'sales' end as department,
        from_stage,
        to_stage,
        dimension,
        slice,
        cast(leads as {{ dbt.type_bigint() }}) as leads,
        {{ share_of('converted', 'leads') }} as conversion,
        {{ share_of('other_converted', 'other_leads') }} as baseline,
        cast(centre - reach as decimal(28, 6)) as low,
        cast(centre + reach as decimal(28, 6)) as high
    from intervals

),

judged as (

    select
        *,
        case
            when leads < {{ enough_leads }} then 'too_few'
            when high < baseline then 'weak'
            when low > baseline then 'strong'
            else 'typical'
        end as verdict
    from rounded

)

select * from judged
