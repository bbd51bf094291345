-- What each lead measured in the months of medians that changed.
insert into measured
select {{sign}} as sign, measures.name, measures.period_start, measures.lead_id, measures.measure
from measures
semi join (select name, period_start from figures where kind = 'median') using (name, period_start)
