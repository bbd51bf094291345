-- A failing row is an owner with more or fewer handoffs in `rep_weeks` than in `lead_handoffs`.
with leads as (

    select * from {{ ref('leads') }}
    where excluded_because is null and quarantined_by is null

),

first_day as (

    select min(starts_at) as starts_at
    from {{ source('raw_agreement', 'days') }}

),

handoffs as (

    select
        handoffs.accountable_owner_id as owner_id,
        count(*) as handoffs
    from {{ ref('lead_handoffs') }} as handoffs
    inner join leads
        on handoffs.lead_id = leads.lead_id
    cross join first_day
    where handoffs.accountable_owner_id is not null and handoffs.handed_off_at >= first_day.starts_at
    group by handoffs.accountable_owner_id

),

weeks as (

    select
        owner_id,
        sum(handoffs) as handoffs
    from {{ ref('rep_weeks') }}
    group by owner_id

)

select
    handoffs.owner_id,
    handoffs.handoffs,
    weeks.handoffs as handoffs_in_weeks
from handoffs
left join weeks
    on handoffs.owner_id = weeks.owner_id
where handoffs.handoffs <> coalesce(weeks.handoffs, 0)
