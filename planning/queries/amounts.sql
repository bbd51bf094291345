-- One row for each deal won in the time looked at whose worth is known.
select
    leads.segment,
    cast(deals.amount as double) as amount
from marts.deals
inner join marts.leads
    on deals.lead_id = leads.lead_id
where
    leads.excluded_because is null
    and leads.quarantined_by is null
    and deals.is_won
    and deals.closed_at between $starts_at and $as_of
    and deals.amount is not null
order by leads.segment, amount
