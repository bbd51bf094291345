-- What the commitments' figures of the last thirteen months are made of, as finely as the page can be filtered.
select
    parts.commitment,
    parts.period_start,
    parts.segment,
    parts.source,
    parts.owner_id,
    cast(sum(parts.part) as double) as part,
    cast(sum(parts.eligible) as bigint) as eligible
from marts.sla_parts as parts
inner join marts.sla_compliance as figures
    on
        parts.commitment = figures.commitment
        and parts.period_start = figures.period_start
        and figures.slice = 'all'
where cast(figures.period_end as date) >= cast($since as date)
group by all
order by parts.period_start desc, parts.commitment, parts.segment, parts.source, parts.owner_id
