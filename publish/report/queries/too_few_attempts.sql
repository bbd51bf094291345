-- Leads of the running and the last closed month that were not followed up often enough, by owner.
with short as (
    select
        handoffs.lead_id,
        handoffs.company_name,
        handoffs.accountable_owner_id as owner_id,
        handoffs.attempts,
        handoffs.verdict,
        handoffs.handed_off_at,
        count(*) over (partition by handoffs.accountable_owner_id) as owners_total,
        row_number() over (
            partition by handoffs.accountable_owner_id
            order by handoffs.handed_off_at desc, handoffs.handoff_id
        ) as place
    from counted_handoffs as handoffs
    where
        handoffs.follow_up_status = 'breached'
        and handoffs.handed_off_locally >= date_trunc('month', cast($local_now as timestamp)) - interval 1 month
)

select short.*, coalesce(owners.owner_name, short.owner_id, 'nobody') as owner_name
from short
left join owner_names as owners on short.owner_id = owners.owner_id
where short.place <= 15
order by short.owners_total desc, owner_name, short.owner_id, short.place
