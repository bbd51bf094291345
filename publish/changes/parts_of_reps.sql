-- What the touched leads put into their owners' weeks.
insert into parts
with touched_handoffs as (
    select * from counted_handoffs
    where lead_id in (select lead_id from touched) and accountable_owner_id is not null
),

happened as (
    select
        handoffs.lead_id, handoffs.handed_off_at as happened_at, handoffs.accountable_owner_id as owner_id,
        unnest(['handoffs', 'met', 'breached', 'accepted', 'overdue_now']) as name,
        unnest([
            1,
            if(judged.status = 'met', 1, 0),
            if(judged.status = 'breached', 1, 0),
            if(handoffs.verdict = 'accepted', 1, 0),
            if(handoffs.first_touch_at is null and handoffs.verdict = 'pending' and judged.status = 'breached', 1, 0)
        ]) as part
    from touched_handoffs as handoffs
    left join judged_handoffs as judged
        on
            handoffs.lead_id = judged.lead_id
            and handoffs.handed_off_at = judged.handed_off_at
            and judged.name = 'response_share'
    union all
    select lead_id, created_at as happened_at, owner_id, 'pipeline' as name, coalesce(amount, 0) as part
    from counted_deals
    where lead_id in (select lead_id from touched)
    union all
    select lead_id, closed_at as happened_at, owner_id, 'won' as name, coalesce(amount, 0) as part
    from counted_deals
    where is_won and lead_id in (select lead_id from touched)
),

sliced as (
    select
        {{sign}} as sign,
        'marts.rep_weeks' as table_name,
        name,
        cast(date_trunc('week', timezone(getvariable('timezone'), timezone('UTC', happened_at))) as date) as period_start,
        unnest(['all', 'owner=' || owner_id]) as slice,
        lead_id,
        part,
        0 as whole
    from happened
    where owner_id is not null and happened_at is not null
)

select sliced.*
from sliced
semi join figures using (table_name, name, period_start, slice)
