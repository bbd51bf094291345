-- A failing row is a step whose cohorts hold more or fewer leads than reached its first stage.
with cohorts as (

    select
        from_stage,
        sum(leads) as leads
    from {{ ref('funnel_cohorts') }}
    group by from_stage

),

reached as (

    select
        stage,
        sum(reached) as leads
    from {{ ref('funnel_daily') }}
    group by stage

)

select
    reached.stage,
    reached.leads,
    cohorts.leads as leads_in_cohorts
from reached
left join cohorts
    on reached.stage = cohorts.from_stage
where
    reached.stage <> '{{ var("stages") | last }}'
    and reached.leads > 0
    and reached.leads <> coalesce(cohorts.leads, 0)
