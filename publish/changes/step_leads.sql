-- Whose steps are looked at: those of touched leads, which alone can have changed; of a cohort whose medians moved
-- everybody's, and everybody's of a month that weak spots counted in one publication and not in the other.
create or replace temp macro cohort_slices(segment, source) as
['all', 'segment=' || coalesce(segment, '?') || ', source=' || coalesce(source, '?')];

create or replace temp macro spot_slices(segment, source, owner_id, team) as
['segment=' || segment, 'source=' || source, 'owner=' || owner_id, 'team=' || team];

create or replace temp table windows as
with months as (
    select distinct 'before' as said, cohort_month
    from previous.marts.funnel_cohorts
    where is_mature
    union all
    select distinct 'after' as said, cohort_month
    from publication.marts.funnel_cohorts
    where is_mature
)

select said, cohort_month
from months
qualify row_number() over (partition by said order by cohort_month desc) <= 12;

create or replace temp table step_leads as
with cohorts as (
    select distinct period_start as cohort_month, slice
    from figures
    where table_name = 'marts.funnel_cohorts' and kind = 'median'
),

aged as (
    select cohort_month
    from windows
    group by cohort_month
    having count(*) = 1
),

-- Months are the agreement's: a stay may be in one that is another in UTC.
sought as (
    select
        cast(min(cohort_month) as timestamp) - interval 2 days as since,
        cast(max(cohort_month) as timestamp) + interval 33 days as until
    from (
        select cohort_month from cohorts
        union all
        select cohort_month from aged
    ) as months
),

stays as (
    select stays.lead_id, stays.entered_at, leads.segment, leads.source
    from previous.marts.lifecycle_stages as stays
    inner join previous.marts.leads as leads using (lead_id)
    union all
    select stays.lead_id, stays.entered_at, leads.segment, leads.source
    from publication.marts.lifecycle_stages as stays
    inner join publication.marts.leads as leads using (lead_id)
),

monthly as (
    select
        stays.lead_id,
        cast(date_trunc('month', timezone(getvariable('timezone'), timezone('UTC', stays.entered_at))) as date) as cohort_month,
        cohort_slices(stays.segment, stays.source)[2] as slice
    from stays
    inner join sought on stays.entered_at >= sought.since and stays.entered_at < sought.until
)

select lead_id from touched
union
select monthly.lead_id
from monthly
semi join cohorts using (cohort_month, slice)
union
select monthly.lead_id
from monthly
semi join aged using (cohort_month)
