-- Leads in quarantine, at most fifteen of each rule, the newest first.
with ranked as (
    select
        leads.quarantined_by as rule,
        leads.lead_id,
        leads.stage,
        coalesce(owners.owner_name, leads.owner_id, 'nobody') as owner_name,
        leads.created_at,
        count(*) over (partition by leads.quarantined_by) as in_all,
        row_number() over (
            partition by leads.quarantined_by order by leads.created_at desc, leads.lead_id
        ) as place
    from marts.leads as leads
    left join owner_names as owners on leads.owner_id = owners.owner_id
    where leads.quarantined_by is not null
)

select *
from ranked
where place <= 15
order by rule, place
