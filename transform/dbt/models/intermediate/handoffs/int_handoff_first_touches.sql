with touches as (

    select * from {{ ref('int_handoff_touches') }}

),

ranked as (

    select
        *,
        row_number() over (partition by handoff_id order by touched_at, touch_id) as place,
        min(counts_at) over (partition by handoff_id) as first_counts_at,
        sum(case when late_log then 1 else 0 end) over (partition by handoff_id) as late_touches
    from touches

),

first_touches as (

    select
        handoff_id,
        touched_at as first_touch_at,
        medium as first_touch_medium,
        late_log as first_touch_late_log,
        first_counts_at,
        late_touches
    from ranked
    where place = 1

)

select * from first_touches
