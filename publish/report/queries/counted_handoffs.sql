-- What several queries share, in this session only: handoffs that count, with the month of their local day.
create temp view counted_handoffs as
select
    handoffs.*,
    leads.company_name,
    timezone(getvariable('timezone'), timezone('UTC', handoffs.handed_off_at)) as handed_off_locally
from marts.lead_handoffs as handoffs
inner join marts.leads as leads on handoffs.lead_id = leads.lead_id
where leads.excluded_because is null
