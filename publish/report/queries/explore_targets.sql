-- Targets of the commitments' periods of the last thirteen months, in all and in slices that have their own.
select
    commitment,
    department,
    agreement_version,
    cast(period_start as date) as period_start,
    cast(period_end as date) as period_end,
    slice,
    cast(target as double) as target
from marts.sla_compliance
where
    cast(period_end as date) >= cast($since as date)
    and (slice = 'all' or (target is not null and eligible is null))
order by commitment, period_start desc, slice
