-- The first cause that fits each lead, for each kind of figure.
create or replace temp table causes as
select kinds.about, evidence.lead_id, min(evidence.cause) as cause
from evidence
cross join (select unnest(['share', 'sum', 'step']) as about) as kinds
where evidence.about in ('any', kinds.about)
group by all
