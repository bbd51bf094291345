-- The newest of each kind of record, and how long before *now* it happened.
with newest as (
    select 'lead created' as what, max(created_at) as happened_at from marts.leads
    union all
    select 'stage entered' as what, max(entered_at) as happened_at from marts.lifecycle_stages
    union all
    select 'handoff' as what, max(handed_off_at) as happened_at from marts.lead_handoffs
    union all
    select 'first touch' as what, max(first_touch_at) as happened_at from marts.lead_handoffs
)

select
    what,
    happened_at,
    date_diff('second', happened_at, cast($as_of as timestamp)) / 60.0 as minutes_ago
from newest
where happened_at is not null
order by happened_at desc, what
