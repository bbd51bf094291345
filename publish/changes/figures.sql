-- Every figure of either publication that changed: of commitments in every slice, of the scorecards, and of the funnel
-- by month; of owners' weeks, cohorts and weak spots (which have no period: the first day there is). `kind` is how it is made of its parts: a sum, a ratio of two sums, or a median. `about` is which evidence
-- can move it: of touches and verdicts (share), of deals (sum) or of stages (step).
create or replace temp table figures as
with signed as (
    select 1 as sign, 'marts.sla_compliance' as table_name, commitment as name, period_start, slice, actual as value, eligible
    from publication.marts.sla_compliance
    union all
    select -1 as sign, 'marts.sla_compliance' as table_name, commitment as name, period_start, slice, actual as value, eligible
    from previous.marts.sla_compliance
    {{others}}
),

paired as (
    select
        table_name,
        name,
        period_start,
        slice,
        any_value(value) filter (where sign = -1) as before,
        any_value(value) filter (where sign = 1) as after,
        bool_or(sign = -1) as was_there,
        bool_or(sign = 1) as is_there,
        any_value(eligible is not null) filter (where sign = -1) as was_share,
        any_value(eligible is not null) filter (where sign = 1) as is_share
    from signed
    group by all
    having coalesce(before, 0) <> coalesce(after, 0)
)

select
    table_name,
    name,
    period_start,
    slice,
    before,
    after,
    case
        when name like 'median\_%' escape '\' and table_name <> 'marts.sla_compliance' then 'median'
        when table_name = 'marts.funnel_cohorts' and regexp_matches(name, '_days$') then 'median'
        when
            coalesce(was_share, is_share)
            or (table_name like '%scorecard' and regexp_matches(name, '_share$|^acceptance$|^win_rate$|^cost_per_'))
            or (table_name in ('marts.funnel_cohorts', 'marts.weak_spots') and regexp_matches(name, '_(conversion|baseline|low|high)$')) then 'ratio'
        else 'sum'
    end as kind,
    case
        when table_name = 'marts.sla_compliance' then if(coalesce(was_share, is_share), 'share', 'sum')
        when table_name in ('marts.funnel_cohorts', 'marts.weak_spots') then 'step'
        when table_name = 'marts.rep_weeks' then if(name in ('pipeline', 'won'), 'sum', 'share')
        when regexp_matches(name, '_share$|^acceptance$|^median_response') then 'share'
        else 'sum'
    end as about,
    -- A commitment that was a share and is a count shares nothing with itself but the name.
    not (was_there and is_there) or was_share is not distinct from is_share as is_comparable
from paired
