-- Stamped up to the previous *now*, and not known then.
insert into evidence
select after.lead_id, 4 as cause, 'any' as about
from after_leads as after
anti join before_leads as before using (lead_id)
where after.created_at <= $before_as_of
union all
select after.lead_id, 4 as cause, 'any' as about
from after_lifecycle_stages as after
anti join before_lifecycle_stages as before using (lead_id, stage, entered_at)
where after.entered_at <= $before_as_of and $same_agreement
union all
select after.lead_id, 4 as cause, 'share' as about
from after_touches as after
anti join before_touches as before using (touch_id)
where after.touched_at <= $before_as_of and ($same_agreement or after.logged_at > $before_as_of)
union all
select after.lead_id, 4 as cause, 'sum' as about
from after_deals as after
left join before_deals as before using (deal_id)
where
    (before.deal_id is null and after.created_at <= $before_as_of)
    or (not before.is_closed and after.is_closed and after.closed_at <= $before_as_of)
union all
select after.lead_id, 4 as cause, 'share' as about
from after_lead_handoffs as after
inner join before_lead_handoffs as before using (handoff_id)
where before.verdict = 'pending' and after.verdict_at <= $before_as_of and $same_agreement
union all
select after.lead_id, 4 as cause, 'any' as about
from after_lead_owners as after
anti join before_lead_owners as before using (lead_id, owner_id, owned_from)
where after.owned_from <= $before_as_of and $same_agreement
