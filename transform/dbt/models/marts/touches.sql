with touches as (

    select * from {{ ref('int_touches') }}

),

published as (

    select
        touch_id,
        lead_id,
        medium,
        touched_at,
        held_at,
        logged_at,
        late_log,
        is_duplicate,
        owner_id,
        outcome
    from touches

)

select * from published
