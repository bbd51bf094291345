-- A failing row is a stage that more or fewer leads reached by `leads` than by the days of `funnel_daily`.
-- (Dates before there were CRMs are typing errors, and on no day.)
with leads as (

    select * from {{ ref('leads') }}
    where excluded_because is null and quarantined_by is null

),

first_day as (

    select min(starts_at) as starts_at
    from {{ source('raw_agreement', 'days') }}

),

by_lead as (

    {% for stage in var('stages') -%}
    select
        '{{ stage }}' as stage,
        count(*) as reached
    from leads
    cross join first_day
    where leads.became_{{ stage }}_at >= first_day.starts_at
    {% if not loop.last -%}
    union all
    {% endif -%}
    {% endfor %}
),

by_day as (

    select
        stage,
        sum(reached) as reached
    from {{ ref('funnel_daily') }}
    group by stage

)

select
    by_lead.stage,
    by_lead.reached as reached_by_lead,
    by_day.reached as reached_by_day
from by_lead
left join by_day
    on by_lead.stage = by_day.stage
where by_lead.reached <> coalesce(by_day.reached, 0)
