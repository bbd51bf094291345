-- Leads that are in no figure, and leads that wait in quarantine.
select 'excluded' as kind, excluded_because as why, count(*) as leads
from marts.leads
where excluded_because is not null
group by all
union all
select 'quarantined' as kind, quarantined_by as why, count(*) as leads
from marts.leads
where quarantined_by is not null
group by all
order by kind, leads desc, why
