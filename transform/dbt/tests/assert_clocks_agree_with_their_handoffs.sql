-- A failing row is a clock that says something else than its handoff, that was kept although it counted more
-- than was promised, or that ran out although it counted less.
with clocks as (

    select * from {{ ref('lead_clocks') }}

),

handoffs as (

    select * from {{ ref('lead_handoffs') }}

),

compared as (

    select
        clocks.*,
        case clocks.measure
            when 'respond' then handoffs.response_status
            when 'follow_up' then handoffs.follow_up_status
            when 'decide' then handoffs.verdict_status
            else handoffs.routing_status
        end as handoffs_status,
        case clocks.measure
            when 'respond' then handoffs.response_due_at
            when 'follow_up' then handoffs.follow_up_due_at
            when 'decide' then handoffs.verdict_due_at
            else handoffs.routing_due_at
        end as handoffs_due_at
    from clocks
    inner join handoffs
        on clocks.handoff_id = handoffs.handoff_id

)

select
    clock_id,
    status,
    handoffs_status,
    promised_minutes,
    counted_minutes
from compared
where
    status <> handoffs_status
    or due_at <> handoffs_due_at
    or (status = 'met' and counted_minutes > promised_minutes)
    or (status = 'breached' and counted_minutes < promised_minutes)
