-- Stamped up to the previous *now*, and not known then.
insert into evidence
select after.lead_id, 4 as cause, 'any' as about
from publication.marts.leads as after
anti join previous.marts.leads as before using (lead_id)
where after.created_at <= $before_as_of
union all
select after.lead_id, 4 as cause, 'any' as about
from publication.marts.lifecycle_stages as after
anti join previous.marts.lifecycle_stages as before using (lead_id, stage, entered_at)
where after.entered_at <= $before_as_of and $same_agreement
union all
select after.lead_id, 4 as cause, 'share' as about
from publication.marts.touches as after
anti join previous.marts.touches as before using (touch_id)
where after.touched_at <= $before_as_of and ($same_agreement or after.logged_at > $before_as_of)
union all
select after.lead_id, 4 as cause, 'sum' as about
from publication.marts.deals as after
left join previous.marts.deals as before using (deal_id)
where
    (before.deal_id is null and after.created_at <= $before_as_of)
    or (not before.is_closed and after.is_closed and after.closed_at <= $before_as_of)
union all
select after.lead_id, 4 as cause, 'share' as about
from publication.marts.lead_handoffs as after
inner join previous.marts.lead_handoffs as before using (handoff_id)
where before.verdict = 'pending' and after.verdict_at <= $before_as_of and $same_agreement
union all
select after.lead_id, 4 as cause, 'any' as about
from publication.marts.lead_owners as after
anti join previous.marts.lead_owners as before using (lead_id, owner_id, owned_from)
where after.owned_from <= $before_as_of and $same_agreement
