-- A failing row is a handoff whose status contradicts its own times: met without a touch or after it was due,
-- breached or open though touched in time, judged without a version, decided before it began.
with handoffs as (

    select
        handoffs.*,
        run.as_of
    from {{ ref('lead_handoffs') }} as handoffs
    cross join {{ source('raw_agreement', 'run') }} as run

)

select handoff_id
from handoffs
where
    (response_status = 'met' and (first_touch_at is null or first_touch_at > response_due_at))
    or (response_status = 'open' and response_due_at < as_of)
    or (response_status = 'breached' and late_touches = 0 and first_touch_at <= response_due_at)
    or (response_status is null) <> (response_commitment is null)
    or (verdict_status is null) <> (verdict_commitment is null)
    or (follow_up_status is null) <> (follow_up_commitment is null)
    or (routing_status is null) <> (routing_commitment is null)
    or (verdict_status = 'met' and verdict_at > verdict_due_at)
    or (routing_status = 'met' and assigned_at > routing_due_at)
    or (agreement_version is null and response_status is not null)
    or (verdict = 'pending') <> (verdict_at is null)
    or verdict_at < handed_off_at
    or assigned_at < handed_off_at
    or first_touch_at < handed_off_at
    or response_minutes < 0
    or routing_minutes < 0
