with handoffs as (

    select * from {{ ref('int_handoffs') }}

),

verdicts as (

    select * from {{ ref('int_handoff_verdicts') }}

),

response_clocks as (

    select * from {{ ref('int_handoff_clocks') }}
    where measure = 'respond'

),

touches as (

    select * from {{ ref('int_touches') }}

),

windows as (

    select
        handoffs.handoff_id,
        handoffs.lead_id,
        handoffs.handed_off_at,
        verdicts.verdict_at,
        -- Accepting a lead does not stop the clock: its first touch may come until it is due.
        case
            when verdicts.verdict = 'accepted' and response_clocks.due_at > verdicts.verdict_at
                then response_clocks.due_at
            else verdicts.verdict_at
        end as first_touch_until
    from handoffs
    left join verdicts
        on handoffs.handoff_id = verdicts.handoff_id
    left join response_clocks
        on handoffs.handoff_id = response_clocks.handoff_id

),

inside as (

    select
        windows.handoff_id,
        windows.verdict_at is null or touches.touched_at <= windows.verdict_at as is_before_verdict,
        touches.touch_id,
        touches.medium,
        touches.owner_id,
        touches.attempt,
        touches.touched_at,
        touches.late_log,
        touches.counts_at
    from windows
    inner join touches
        on
            windows.lead_id = touches.lead_id
            and windows.handed_off_at <= touches.touched_at
            and (windows.first_touch_until is null or windows.first_touch_until >= touches.touched_at)

)

select * from inside
