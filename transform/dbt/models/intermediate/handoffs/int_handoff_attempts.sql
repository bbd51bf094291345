with touches as (

    select
        *,
        {{ local_day('touched_at') }} as touched_on
    from {{ ref('int_handoff_touches') }}
    where is_before_verdict

),

-- Repeats of a dialler are one attempt, which is made by its first touch inside the handoff.
numbered as (

    select
        *,
        row_number() over (
            partition by handoff_id, medium, owner_id, attempt
            order by touched_at, touch_id
        ) as place
    from touches

),

attempts as (

    select
        handoff_id,
        touch_id,
        touched_on,
        counts_at,
        row_number() over (partition by handoff_id order by counts_at, touch_id) as attempts_so_far,
        row_number() over (partition by handoff_id, touched_on order by counts_at, touch_id) as nth_of_day
    from numbered
    where place = 1

),

with_days as (

    select
        handoff_id,
        touch_id,
        counts_at,
        attempts_so_far,
        sum(case when nth_of_day = 1 then 1 else 0 end) over (
            partition by handoff_id
            order by counts_at, touch_id
            rows between unbounded preceding and current row
        ) as days_so_far
    from attempts

)

select * from with_days
