-- What was known then reads differently now. What lies behind a class (segment, source, ...) must have changed,
-- or the agreement must not have: a class that only the agreement moved is nobody's correction.
insert into evidence
select after.lead_id, 3 as cause, 'any' as about
from (select *, {{values}} as crm_values from before_leads) as before
inner join (select *, {{values}} as crm_values from after_leads) as after using (lead_id)
where
    row(before.segment, before.source, before.lead_type, before.excluded_because, before.quarantined_by)
    is distinct from row(after.segment, after.source, after.lead_type, after.excluded_because, after.quarantined_by)
    and ($same_agreement or before.crm_values is distinct from after.crm_values)
union all
select before.lead_id, 3 as cause, 'any' as about
from before_lifecycle_stages as before
left join after_lifecycle_stages as after
    on
        before.lead_id = after.lead_id
        and before.stage = after.stage
        and before.entered_at = after.entered_at
where after.lead_id is null and $same_agreement
union all
select before.lead_id, 3 as cause, 'share' as about
from before_touches as before
left join after_touches as after using (touch_id)
where
    ($same_agreement and after.touch_id is null)
    or row(before.touched_at, before.owner_id) <> row(after.touched_at, after.owner_id)
union all
select coalesce(after.lead_id, before.lead_id) as lead_id, 3 as cause, 'sum' as about
from before_deals as before
inner join after_deals as after using (deal_id)
where
    row(before.amount, before.created_at, before.lead_id) is distinct from row(after.amount, after.created_at, after.lead_id)
    or (before.is_closed and row(before.is_won, before.closed_at) is distinct from row(after.is_won, after.closed_at))
union all
select before.lead_id, 3 as cause, 'share' as about
from before_lead_handoffs as before
inner join after_lead_handoffs as after using (handoff_id)
where
    $same_agreement and before.verdict <> 'pending'
    and row(before.verdict, before.verdict_at) is distinct from row(after.verdict, after.verdict_at)
union all
select before.lead_id, 3 as cause, 'any' as about
from before_lead_owners as before
left join after_lead_owners as after
    on
        before.lead_id = after.lead_id
        and before.owned_from = after.owned_from
        and before.owner_id = after.owner_id
where ($same_agreement and after.lead_id is null) or before.owner_team is distinct from after.owner_team
