-- Leads that are gone or archived since, and leads of deals that are.
insert into evidence
select before.lead_id, 2 as cause, 'any' as about
from before_leads as before
left join after_leads as after using (lead_id)
where after.lead_id is null or (after.is_archived and not coalesce(before.is_archived, false))
union all
select before.lead_id, 2 as cause, 'sum' as about
from before_deals as before
left join after_deals as after using (deal_id)
where
    before.lead_id is not null
    and (after.deal_id is null or (after.is_archived and not coalesce(before.is_archived, false)))
