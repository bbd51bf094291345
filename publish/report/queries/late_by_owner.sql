-- Handoffs of the running and the last closed month by the owner who was accountable when they were due.
select
    handoffs.accountable_owner_id as owner_id,
    coalesce(owners.owner_name, handoffs.accountable_owner_id, 'nobody') as owner_name,
    owners.owner_team,
    count(*) as handoffs,
    count(*) filter (where handoffs.response_status = 'met') as met,
    count(*) filter (where handoffs.response_status = 'breached' and handoffs.first_touch_at is not null) as late,
    count(*) filter (where handoffs.response_status = 'breached' and handoffs.first_touch_at is null) as unanswered,
    count(*) filter (where handoffs.follow_up_status = 'breached') as too_few_attempts,
    count(*) filter (where handoffs.verdict_status = 'breached') as undecided
from counted_handoffs as handoffs
left join owner_names as owners on handoffs.accountable_owner_id = owners.owner_id
where
    handoffs.handed_off_locally >= date_trunc('month', cast($local_now as timestamp)) - interval 1 month
group by all
order by unanswered desc, late desc, too_few_attempts desc, owner_name, owner_id
