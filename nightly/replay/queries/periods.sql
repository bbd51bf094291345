-- Every commitment's periods that end since then, over all leads.
with signed as (
    select * from before.compliance
    where slice = 'all' and period_end >= $day
),

draft as (
    select * from after.compliance
    where slice = 'all' and period_end >= $day
)

select
    coalesce(draft.department, signed.department) as department,
    coalesce(draft.commitment, signed.commitment) as commitment,
    coalesce(draft.period_start, signed.period_start) as period_start,
    coalesce(draft.period_end, signed.period_end) as period_end,
    signed.actual as signed_actual,
    signed.target as signed_target,
    signed.status as signed_status,
    draft.actual as draft_actual,
    draft.target as draft_target,
    draft.status as draft_status
from signed
full outer join draft on signed.commitment = draft.commitment and signed.period_start = draft.period_start
order by 1, 2, 3
