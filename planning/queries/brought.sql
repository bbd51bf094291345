-- By segment: leads that were brought to a stage, and did not begin there, in the time looked at.
with entries as (
    {entries}
)

select segment, stage, count(*) as leads
from entries
where
    stage in ($opportunity, $customer)
    and began_there = 0
    and entered_at between $starts_at and $as_of
group by segment, stage
