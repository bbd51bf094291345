-- Each figure once per cause, with the parts of all leads up to that cause moved; the steps' differences are
-- the changes. The ends are the published figures, so that nothing is left over.
create or replace temp macro wilson(k, n, side) as
cast(
    (nullif(n, 0) * 0 + k + 1.959963984540054e0 * 1.959963984540054e0 / 2) / nullif(n + 1.959963984540054e0 * 1.959963984540054e0, 0)
    + side * 1.959963984540054e0 / (n + 1.959963984540054e0 * 1.959963984540054e0)
    * sqrt(greatest(cast(k as double) * (n - k) / nullif(n, 0), 0) + 1.959963984540054e0 * 1.959963984540054e0 / 4) as decimal(28, 6)
);

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
        coalesce(figures.after, 0) - coalesce(figures.before, 0) - coalesce(sum(moved.part) over whole_figure, 0) as untold,
        coalesce(bases.part, 0) + coalesce(sum(moved.part) over steps, 0) as part_then,
        coalesce(bases.whole, 0) + coalesce(sum(moved.whole) over steps, 0) as whole_then
    from figures
    cross join causes
    left join moved using (table_name, name, period_start, slice, position)
    left join bases using (table_name, name, period_start, slice)
    window
        steps as (
            partition by figures.table_name, figures.name, figures.period_start, figures.slice
            order by causes.position
        ),
        whole_figure as (
            partition by figures.table_name, figures.name, figures.period_start, figures.slice
        )
),

stepped as (
    select
        summed.*,
        case
            when summed.position >= if($same_agreement, 5, 6) then coalesce(summed.after, 0)
            when not summed.is_comparable then coalesce(summed.before, 0)
            -- People forgotten for privacy are in the figures of then, and no longer in its leads: deleted, not merged.
            when
                summed.position = 1 and summed.leads = 0
                and (summed.kind <> 'median' or (select count(*) from temp.causes where cause = 1) = 0)
                then coalesce(summed.before, 0)
            when summed.kind = 'sum' and summed.position > 1 and $same_agreement
                then cast(summed.sum_then + summed.untold as decimal(28, 6))
            when summed.kind = 'sum' then cast(summed.sum_then as decimal(28, 6))
            when own.sum_then <= 0 then 0  -- a slice without leads has no row, and so no baseline
            when summed.table_name = 'marts.weak_spots' and summed.name like '%\_low' escape '\' then coalesce(wilson(summed.part_then, summed.whole_then, -1), 0)
            when summed.table_name = 'marts.weak_spots' and summed.name like '%\_high' escape '\' then coalesce(wilson(summed.part_then, summed.whole_then, 1), 0)
            when summed.kind = 'median' then coalesce(medians.value, 0)
            else coalesce(
                cast(cast(cast(summed.part_then as double) / nullif(summed.whole_then, 0) as decimal(38, 12)) as decimal(28, 6)), 0
            )
        end as value
    from summed
    left join medians using (table_name, name, period_start, slice, position)
    left join summed as own
        on
            summed.table_name = 'marts.weak_spots'
            and own.table_name = summed.table_name
            and own.name = regexp_replace(summed.name, '_baseline$', '_leads')
            and own.slice = summed.slice
            and own.position = summed.position
            and summed.name like '%\_baseline' escape '\'
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
    name || coalesce(' ' || nullif(period_start, date '0001-01-01'), '') as figure,
    name,
    nullif(period_start, date '0001-01-01') as period_start,
    slice,
    before,
    after,
    cause,
    change,
    leads
from changes
where change <> 0
order by table_name, name, period_start, slice, position
