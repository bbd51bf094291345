-- Leads that are late and still have no first touch and no verdict, by owner, the longest overdue first.
with overdue as (
    select
        handoffs.lead_id,
        handoffs.company_name,
        handoffs.accountable_owner_id as owner_id,
        handoffs.response_commitment,
        handoffs.agreement_version,
        handoffs.handed_off_at,
        handoffs.response_due_at,
        date_diff('second', handoffs.response_due_at, cast($as_of as timestamp)) / 60.0 as minutes_over,
        count(*) over (partition by handoffs.accountable_owner_id) as owners_total,
        row_number() over (
            partition by handoffs.accountable_owner_id order by handoffs.response_due_at, handoffs.handoff_id
        ) as place
    from counted_handoffs as handoffs
    where
        handoffs.response_status = 'breached'
        and handoffs.first_touch_at is null
        and handoffs.verdict = 'pending'
)

select overdue.*, coalesce(owners.owner_name, overdue.owner_id, 'nobody') as owner_name
from overdue
left join owner_names as owners on overdue.owner_id = owners.owner_id
where overdue.place <= 15
order by overdue.owners_total desc, owner_name, overdue.owner_id, overdue.place
