-- What each lead measured in the months of medians that changed.
insert into measured
select
    {{sign}} as sign, figures.table_name, measures.name, measures.period_start, figures.slice, measures.lead_id, measures.measure
from measures
inner join figures using (name, period_start)
where figures.kind = 'median' and figures.table_name like '%scorecard'
