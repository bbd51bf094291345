-- What an owner is called: as the leads say that they hold.
create temp view owner_names as
select owner_id, min(owner_name) as owner_name, min(owner_team) as owner_team
from marts.leads
where owner_id is not null
group by owner_id
