-- Handoffs still waiting for a first touch whose clock is running, the most urgent first.
select
    handoffs.lead_id,
    handoffs.company_name,
    handoffs.response_commitment,
    handoffs.agreement_version,
    handoffs.accountable_owner_id,
    coalesce(owners.owner_name, handoffs.owner_id, 'nobody yet') as owner_name,
    handoffs.handed_off_at,
    handoffs.response_due_at,
    date_diff('second', cast($as_of as timestamp), handoffs.response_due_at) / 60.0 as minutes_left,
    count(*) over () as in_all
from counted_handoffs as handoffs
left join owner_names as owners on handoffs.owner_id = owners.owner_id
where handoffs.verdict = 'pending' and handoffs.response_status = 'open'
order by handoffs.response_due_at, handoffs.handoff_id
limit 25
