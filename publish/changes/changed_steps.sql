-- Steps that are not what they were, both ways, and the slices that each one counts in: of a cohort its own row,
-- of weak spots one for each dimension.
create or replace temp table changed_steps as
select 1 as sign, *
from (select * from after_steps except select * from before_steps)
union all
select -1 as sign, *
from (select * from before_steps except select * from after_steps);

create or replace temp macro cohort_slices(segment, source) as
['all', 'segment=' || coalesce(segment, '?') || ', source=' || coalesce(source, '?')];

create or replace temp macro spot_slices(segment, source, owner_id, team) as
['segment=' || segment, 'source=' || source, 'owner=' || owner_id, 'team=' || team]
