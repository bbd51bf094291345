-- By segment of the deal's lead: deals created, deals won, and of those created in the mature months how many were
-- decided and how many of these won.
select
    leads.segment,
    count(case when deals.created_at between $starts_at and $as_of then 1 end) as created,
    count(case when deals.is_won and deals.closed_at between $starts_at and $as_of then 1 end) as won,
    count(case when deals.is_closed and {mature} then 1 end) as decided,
    count(case when deals.is_won and {mature} then 1 end) as decided_well
from marts.deals
inner join marts.leads
    on deals.lead_id = leads.lead_id
where
    leads.excluded_because is null
    and leads.quarantined_by is null
group by leads.segment
