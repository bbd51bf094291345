-- A failing row is a stay that does not end where the lead's next one begins, or the only last one
-- that has ended.
with stays as (

    select
        lead_id,
        stay_number,
        entered_at,
        exited_at,
        is_current,
        lead(entered_at) over (partition by lead_id order by stay_number) as next_entered_at
    from {{ ref('lifecycle_stages') }}

)

select
    lead_id,
    stay_number
from stays
where
    (next_entered_at is null and (exited_at is not null or not is_current))
    or (next_entered_at is not null and (is_current or coalesce(exited_at <> next_entered_at, true)))
    or exited_at < entered_at
