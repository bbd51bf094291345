-- Stamped after the previous *now*, or a clock that ran out since.
insert into evidence
select lead_id, 5 as cause, 'any' as about
from after_leads
where created_at > $before_as_of
union all
select lead_id, 5 as cause, 'any' as about
from after_lifecycle_stages
where entered_at > $before_as_of
union all
select lead_id, 5 as cause, 'share' as about
from after_touches
where touched_at > $before_as_of
union all
select lead_id, 5 as cause, 'sum' as about
from after_deals
where lead_id is not null and (created_at > $before_as_of or closed_at > $before_as_of)
union all
select lead_id, 5 as cause, 'share' as about
from after_lead_handoffs
where verdict_at > $before_as_of
union all
select lead_id, 5 as cause, 'any' as about
from after_lead_owners
where owned_from > $before_as_of
union all
select before.lead_id, 5 as cause, 'share' as about
from before_lead_clocks as before
inner join after_lead_clocks as after using (clock_id)
where
    before.status = 'open' and after.status <> 'open'
    and before.commitment = after.commitment and before.due_at is not distinct from after.due_at
