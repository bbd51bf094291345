-- Every figure of either publication that changed: of commitments in every slice, of the scorecards, and of the funnel
-- by month. `kind` is how it is made of its parts: a sum, a ratio of two sums, or a median. `about` is which evidence
-- can move it: of touches and verdicts (share) or of deals (sum).
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
        when
            coalesce(was_share, is_share)
            or (table_name like '%scorecard' and regexp_matches(name, '_share$|^acceptance$|^win_rate$|^cost_per_')) then 'ratio'
        else 'sum'
    end as kind,
    case
        when table_name = 'marts.sla_compliance' then if(coalesce(was_share, is_share), 'share', 'sum')
        when regexp_matches(name, '_share$|^acceptance$|^median_response') then 'share'
        else 'sum'
    end as about,
    -- A commitment that was a share and is a count shares nothing with itself but the name.
    not (was_there and is_there) or was_share is not distinct from is_share as is_comparable
from paired
