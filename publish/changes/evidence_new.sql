-- Stamped after the previous *now*, or a clock that ran out since. Under the same agreement nothing else is left.
insert into evidence
select lead_id, 5 as cause, 'any' as about
from publication.marts.leads
where created_at > $before_as_of or $same_agreement
union all
select lead_id, 5 as cause, 'any' as about
from previous.marts.leads
where $same_agreement
union all
select lead_id, 5 as cause, 'any' as about
from publication.marts.lifecycle_stages
where entered_at > $before_as_of
union all
select lead_id, 5 as cause, 'share' as about
from publication.marts.touches
where touched_at > $before_as_of
union all
select lead_id, 5 as cause, 'sum' as about
from publication.marts.deals
where lead_id is not null and (created_at > $before_as_of or closed_at > $before_as_of)
union all
select lead_id, 5 as cause, 'share' as about
from publication.marts.lead_handoffs
where verdict_at > $before_as_of
union all
select lead_id, 5 as cause, 'any' as about
from publication.marts.lead_owners
where owned_from > $before_as_of
union all
select before.lead_id, 5 as cause, 'share' as about
from previous.marts.lead_clocks as before
inner join publication.marts.lead_clocks as after using (clock_id)
where
    before.status = 'open' and after.status <> 'open'
    and before.commitment = after.commitment and before.due_at is not distinct from after.due_at
