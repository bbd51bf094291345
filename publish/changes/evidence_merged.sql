-- Two leads of then are one now: both sides of it.
insert into evidence
with pairs as (
    select lead_id as winner_id, unnest(string_split(merged_ids, ';')) as loser_id
    from publication.marts.leads
    where merged_ids is not null
),

since as (
    select pairs.*
    from pairs
    inner join previous.marts.leads as losers on pairs.loser_id = losers.lead_id
)

select loser_id as lead_id, 1 as cause, 'any' as about from since
union all
select winner_id as lead_id, 1 as cause, 'any' as about from since
