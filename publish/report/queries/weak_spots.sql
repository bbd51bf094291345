-- Slices of a funnel step that convert surely worse, or better, than everybody else; the widest gaps first.
-- Marketing's steps by owner or team are left out: a lead gets its owner for going on, not the other way round.
with judged as (
    select
        spots.department,
        spots.from_stage,
        spots.to_stage,
        spots.dimension,
        case
            when spots.dimension = 'owner' then coalesce(owners.owner_name, spots.slice)
            else spots.slice
        end as slice,
        spots.leads,
        cast(spots.conversion as double) as conversion,
        cast(spots.baseline as double) as baseline,
        cast(spots.low as double) as low,
        cast(spots.high as double) as high,
        spots.verdict,
        row_number() over (
            partition by spots.verdict
            order by abs(spots.conversion - spots.baseline) desc, spots.from_stage, spots.dimension, spots.slice
        ) as place
    from marts.weak_spots as spots
    left join owner_names as owners on spots.slice = owners.owner_id
    where
        spots.verdict in ('weak', 'strong')
        and not (spots.department = 'marketing' and spots.dimension in ('owner', 'team'))
)

select *
from judged
where place <= 10
order by verdict desc, place
