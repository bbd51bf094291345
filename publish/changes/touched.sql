-- Leads for which anything that figures are made of is not what it was: only their parts can have moved.
create or replace temp table touched as
with periods as (
    select distinct name as commitment, period_start
    from figures
    where table_name = 'marts.sla_compliance'
),

signed as (
    select 1 as sign, parts.*
    from publication.marts.sla_parts as parts
    semi join periods using (commitment, period_start)
    union all by name
    select -1 as sign, parts.*
    from previous.marts.sla_parts as parts
    semi join periods using (commitment, period_start)
),

parts as (
    select lead_id
    from signed
    group by commitment, period_start, lead_id, segment, source, lead_type, owner_id, team
    having sum(sign * part) <> 0 or coalesce(sum(sign * eligible), 0) <> 0
)

select distinct lead_id
from (
    select lead_id from parts
    {{others}}
)
where lead_id is not null
