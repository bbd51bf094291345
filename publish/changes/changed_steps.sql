-- Steps that are not what they were, both ways, and their leads: a month that came of age touched nobody itself.
create or replace temp table changed_steps as
select 1 as sign, *
from (select * from after_steps except select * from before_steps)
union all
select -1 as sign, *
from (select * from before_steps except select * from after_steps);

insert into touched
select lead_id from changed_steps
except
select lead_id from touched
