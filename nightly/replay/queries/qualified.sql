-- Leads that entered marketing_qualified_lead since then and count, by each judgement.
with signed as (
    select distinct handoffs.lead_id
    from before.handoffs as handoffs
    inner join before.leads as leads on handoffs.lead_id = leads.lead_id
    where handoffs.handed_off_at >= $begins and leads.excluded_because is null and leads.quarantined_by is null
),

draft as (
    select distinct handoffs.lead_id
    from after.handoffs as handoffs
    inner join after.leads as leads on handoffs.lead_id = leads.lead_id
    where handoffs.handed_off_at >= $begins and leads.excluded_because is null and leads.quarantined_by is null
)

select
    count(signed.lead_id) as signed_leads,
    count(draft.lead_id) as draft_leads,
    coalesce(list(draft.lead_id order by draft.lead_id) filter (where signed.lead_id is null), []) as gained,
    coalesce(list(signed.lead_id order by signed.lead_id) filter (where draft.lead_id is null), []) as lost
from signed
full outer join draft on signed.lead_id = draft.lead_id
