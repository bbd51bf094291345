-- Clocks of handoffs since then that are judged, by measure: how many ran out by each judgement.
with signed as (
    select clocks.measure, clocks.handoff_id, clocks.status
    from before.clocks as clocks
    inner join before.handoffs as handoffs on clocks.handoff_id = handoffs.handoff_id
    where handoffs.handed_off_at >= $begins and handoffs.excluded_because is null
),

draft as (
    select clocks.measure, clocks.handoff_id, clocks.status
    from after.clocks as clocks
    inner join after.handoffs as handoffs on clocks.handoff_id = handoffs.handoff_id
    where handoffs.handed_off_at >= $begins and handoffs.excluded_because is null
)

select
    coalesce(signed.measure, draft.measure) as measure,
    count(signed.handoff_id) as signed_handoffs,
    count(draft.handoff_id) as draft_handoffs,
    count(*) filter (where signed.status = 'breached') as signed_breached,
    count(*) filter (where draft.status = 'breached') as draft_breached,
    count(*) filter (where draft.status = 'breached' and signed.status is distinct from 'breached') as gained,
    count(*) filter (where signed.status = 'breached' and draft.status is distinct from 'breached') as lost
from signed
full outer join draft on signed.handoff_id = draft.handoff_id and signed.measure = draft.measure
group by 1
order by 1
