    select
        stays.lead_id,
        leads.segment,
        stays.stage,
        min(stays.entered_at) as entered_at,
        max(case when stays.direction = 'start' then 1 else 0 end) as began_there
    from marts.lifecycle_stages as stays
    inner join marts.leads
        on stays.lead_id = leads.lead_id
    where
        leads.excluded_because is null
        and leads.quarantined_by is null
    group by stays.lead_id, leads.segment, stays.stage
