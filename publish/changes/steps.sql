-- Each figure once per cause, with the parts of all leads up to that cause moved; the steps' differences are
-- the changes. The ends are the published figures, so that nothing is left over.
insert into publication.audit.publication_changes
with causes as (
    select
        unnest(range(1, 7)) as position,
        unnest(['merged', 'deleted', 'corrected', 'late', 'new', 'agreement']) as cause
),

moved as (
    select commitment, period_start, slice, cause as position, sum(part) as part, sum(eligible) as eligible, count(*) as leads
    from lead_changes
    group by all
),

summed as (
    select
        figures.*,
        causes.position,
        causes.cause,
        coalesce(moved.leads, 0) as leads,
        figures.part + coalesce(sum(moved.part) over steps, 0) as part_then,
        figures.eligible + coalesce(sum(moved.eligible) over steps, 0) as eligible_then
    from figures
    cross join causes
    left join moved
        on
            figures.commitment = moved.commitment
            and figures.period_start = moved.period_start
            and figures.slice = moved.slice
            and causes.position = moved.position
    window steps as (
        partition by figures.commitment, figures.period_start, figures.slice
        order by causes.position
    )
),

stepped as (
    select
        *,
        case
            when position = 6 then coalesce(after, 0)
            when not is_comparable then coalesce(before, 0)
            when is_sum then cast(part_then as decimal(28, 6))
            else coalesce(
                cast(cast(cast(part_then as double) / nullif(eligible_then, 0) as decimal(38, 12)) as decimal(28, 6)), 0
            )
        end as value
    from summed
),

changes as (
    select
        *,
        cast(value - coalesce(lag(value) over steps, before, 0) as decimal(28, 6)) as change
    from stepped
    window steps as (partition by commitment, period_start, slice order by position)
)

select
    $publication_id as publication_id,
    $compared_with as compared_with,
    commitment || ' ' || period_start as figure,
    commitment,
    period_start,
    slice,
    before,
    after,
    cause,
    change,
    leads
from changes
where change <> 0
order by commitment, period_start, slice, position
