-- A failing row is a stage with more or fewer entries in `lifecycle_stages` than by day in `funnel_daily`.
-- (Dates before there were CRMs are typing errors, and on no day.)
with stays as (

    select stays.*
    from {{ ref('lifecycle_stages') }} as stays
    inner join {{ ref('leads') }} as leads
        on stays.lead_id = leads.lead_id
    where leads.excluded_because is null and leads.quarantined_by is null

),

first_day as (

    select min(starts_at) as starts_at
    from {{ source('raw_agreement', 'days') }}

),

by_stay as (

    select
        stays.stage,
        count(*) as entered
    from stays
    cross join first_day
    where stays.entered_at >= first_day.starts_at
    group by stays.stage

),

by_day as (

    select
        stage,
        sum(entered) as entered
    from {{ ref('funnel_daily') }}
    group by stage

)

select
    by_day.stage,
    by_stay.entered as entered_by_stay,
    by_day.entered as entered_by_day
from by_stay
full outer join by_day
    on by_stay.stage = by_day.stage
where coalesce(by_stay.entered, 0) <> coalesce(by_day.entered, 0)
