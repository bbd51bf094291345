-- A failing row is a lead whose entries into marketing_qualified_lead from below are not as many as
-- its handoffs.
with entries as (

    select
        lead_id,
        count(*) as entries
    from {{ ref('lifecycle_stages') }}
    where stage = 'marketing_qualified_lead' and direction in ('start', 'forward')
    group by lead_id

),

handoffs as (

    select
        lead_id,
        count(*) as handoffs
    from {{ ref('lead_handoffs') }}
    group by lead_id

)

select coalesce(entries.lead_id, handoffs.lead_id) as lead_id
from entries
full outer join handoffs
    on entries.lead_id = handoffs.lead_id
where coalesce(entries.entries, 0) <> coalesce(handoffs.handoffs, 0)
