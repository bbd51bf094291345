-- Each figure once per cause, with the parts of all leads up to that cause moved; the steps' differences are
-- the changes. The ends are the published figures, so that nothing is left over.
insert into publication.audit.publication_changes
with causes as (
    select
        unnest(range(1, 7)) as position,
        unnest(['merged', 'deleted', 'corrected', 'late', 'new', 'agreement']) as cause
),

moved as (
    select
        table_name, name, period_start, slice, cause as position, sum(part) as part, sum(whole) as whole,
        count(*) filter (where lead_id not like 'day %') as leads
    from lead_changes
    group by all
),

summed as (
    select
        figures.*,
        causes.position,
        causes.cause,
        coalesce(moved.leads, 0) as leads,
        coalesce(figures.before, 0) + coalesce(sum(moved.part) over steps, 0) as sum_then,
        coalesce(bases.part, 0) + coalesce(sum(moved.part) over steps, 0) as part_then,
        coalesce(bases.whole, 0) + coalesce(sum(moved.whole) over steps, 0) as whole_then
    from figures
    cross join causes
    left join moved using (table_name, name, period_start, slice, position)
    left join bases using (table_name, name, period_start, slice)
    window steps as (
        partition by figures.table_name, figures.name, figures.period_start, figures.slice
        order by causes.position
    )
),

stepped as (
    select
        summed.*,
        case
            when position = if($same_agreement, 5, 6) then coalesce(after, 0)
            when position = 6 then coalesce(after, 0)
            when not is_comparable then coalesce(before, 0)
            when kind = 'sum' then cast(sum_then as decimal(28, 6))
            when kind = 'median' then coalesce(medians.value, 0)
            else coalesce(
                cast(cast(cast(part_then as double) / nullif(whole_then, 0) as decimal(38, 12)) as decimal(28, 6)), 0
            )
        end as value
    from summed
    left join medians using (name, period_start, position)
),

changes as (
    select
        *,
        cast(value - coalesce(lag(value) over steps, before, 0) as decimal(28, 6)) as change
    from stepped
    window steps as (partition by table_name, name, period_start, slice order by position)
)

select
    $publication_id as publication_id,
    $compared_with as compared_with,
    table_name,
    name || ' ' || period_start as figure,
    name,
    period_start,
    slice,
    before,
    after,
    cause,
    change,
    leads
from changes
where change <> 0
order by table_name, name, period_start, slice, position
