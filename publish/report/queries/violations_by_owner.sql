-- Violations that stand today: open, not waived; by rule and owner.
select
    violations.rule,
    coalesce(owners.owner_name, violations.owner_id, 'nobody') as owner_name,
    violations.owner_id,
    count(*) as leads
from audit.lead_quality_violations as violations
left join owner_names as owners on violations.owner_id = owners.owner_id
where
    violations.resolved_at is null
    and (
        violations.waived_until is null
        or violations.waived_until < cast(cast($local_now as timestamp) as date)
    )
group by all
order by violations.rule, leads desc, owner_name, violations.owner_id
