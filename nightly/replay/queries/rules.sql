-- Leads that break a rule without a waiver, by rule and stage.
with signed as (
    select violations.rule, violations.stage, violations.lead_id
    from before.violations as violations
    inner join before.leads as leads on violations.lead_id = leads.lead_id
    where
        violations.resolved_at is null
        and (violations.waived_until is null or violations.waived_until < $today)
),

draft as (
    select violations.rule, violations.stage, violations.lead_id
    from after.violations as violations
    inner join after.leads as leads on violations.lead_id = leads.lead_id
    where
        violations.resolved_at is null
        and (violations.waived_until is null or violations.waived_until < $today)
)

select
    coalesce(signed.rule, draft.rule) as rule,
    coalesce(signed.stage, draft.stage) as stage,
    count(signed.lead_id) as signed_violations,
    count(draft.lead_id) as draft_violations,
    coalesce(list(draft.lead_id order by draft.lead_id) filter (where signed.lead_id is null), []) as gained,
    coalesce(list(signed.lead_id order by signed.lead_id) filter (where draft.lead_id is null), []) as lost
from signed
full outer join draft
    on signed.lead_id = draft.lead_id and signed.rule = draft.rule and signed.stage = draft.stage
group by 1, 2
order by 1, 2
