with clocks as (

    select * from {{ ref('int_handoff_clocks') }}
    where measure <> 'respond'

),

verdicts as (

    select * from {{ ref('int_handoff_verdicts') }}

),

owners as (

    select * from {{ ref('int_handoff_owners') }}

),

follow_ups as (

    select * from {{ ref('int_handoff_follow_ups') }}

),

run as (

    select * from {{ source('raw_agreement', 'run') }}

),

-- What each promise waits for, and what would make it needless.
awaited as (

    select
        clocks.handoff_id,
        clocks.measure,
        clocks.commitment,
        clocks.due_at,
        run.as_of,
        case clocks.measure
            when 'follow_up' then follow_ups.followed_up_at
            when 'decide' then verdicts.verdict_at
            else owners.assigned_at
        end as done_at,
        case
            when clocks.measure = 'follow_up' then verdicts.verdict_at
            when clocks.measure = 'assign' and verdicts.verdict <> 'accepted' then verdicts.verdict_at
        end as needless_at
    from clocks
    cross join run
    left join verdicts
        on clocks.handoff_id = verdicts.handoff_id
    left join owners
        on clocks.handoff_id = owners.handoff_id
    left join follow_ups
        on clocks.handoff_id = follow_ups.handoff_id

),

promises as (

    select
        handoff_id,
        measure,
        commitment,
        due_at,
        case
            when done_at <= due_at then 'met'
            when needless_at < due_at then 'not_required'
            when done_at > due_at or due_at < as_of then 'breached'
            else 'open'
        end as status
    from awaited

)

select * from promises
