with attempts as (

    select * from {{ ref('int_handoff_attempts') }}

),

clocks as (

    select * from {{ ref('int_handoff_clocks') }}
    where measure = 'follow_up'

),

follow_ups as (

    select
        attempts.handoff_id,
        count(*) as attempts,
        min(
            case
                when
                    attempts.attempts_so_far >= clocks.attempts
                    and attempts.days_so_far >= coalesce(clocks.across_days, 1)
                    then attempts.counts_at
            end
        ) as followed_up_at
    from attempts
    left join clocks
        on attempts.handoff_id = clocks.handoff_id
    group by attempts.handoff_id

)

select * from follow_ups
