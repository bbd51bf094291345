-- What the touched leads put into the scorecards and the funnel, and what each day brought that no lead did.
insert into parts
with stays as (
    select * from counted_stays
    where lead_id in (select lead_id from touched)
),

stages as (
    select unnest($stages) as stage, unnest(range(1, len($stages) + 1)) as stage_rank
),

kpis as (
    select
        unnest([
            'contact', 'lead', 'marketing_qualified_lead', 'sales_qualified_lead', 'opportunity', 'customer',
            'promoter', 'lead', 'marketing_qualified_lead', 'customer'
        ]) as stage,
        unnest([
            'contacts', 'leads', 'mqls', 'sqls', 'opportunities', 'customers', 'promoters', 'cost_per_lead',
            'cost_per_mql', 'cost_per_customer'
        ]) as kpi
),

entries as (
    select lead_id, stage, min(entered_at) as happened_at
    from stays
    group by all
),

reached as (
    select stays.lead_id, stays.segment, stays.source, stages.stage, min(stays.entered_at) as happened_at
    from stays
    inner join stages on stays.stage_rank >= stages.stage_rank
    group by all
),

deals as (
    select * from counted_deals
    where lead_id in (select lead_id from touched)
),

spent as (
    select sent_on, sum(cost) as cost
    from {{side}}.marts.broadcasts
    where medium = 'ad' and cost is not null
    group by all
),

visits as (
    select date, source, sum(visitors) as visitors
    from {{side}}.marts.funnel_daily
    where visitors is not null
    group by all
),

happened as (
    select
        'scorecard' as card, kpis.kpi as name, entries.happened_at, entries.lead_id, null as segment, null as source,
        if(kpis.kpi like 'cost%', 0, 1) as part, if(kpis.kpi like 'cost%', 1, 0) as whole
    from entries
    inner join kpis on entries.stage = kpis.stage
    union all
    select
        'scorecard' as card, 'referrals' as name, min(stays.entered_at) as happened_at, stays.lead_id, null as segment,
        null as source, 1 as part, 0 as whole
    from stays
    inner join counted on stays.lead_id = counted.lead_id
    where counted.referred_by is not null
    group by stays.lead_id
    union all
    select
        'scorecard' as card, 'sourced_pipeline' as name, created_at as happened_at, lead_id, null as segment, null as source,
        coalesce(amount, 0) as part, 0 as whole
    from deals
    union all
    select
        'scorecard' as card, 'won_amount' as name, closed_at as happened_at, lead_id, null as segment, null as source,
        coalesce(amount, 0) as part, 0 as whole
    from deals
    where is_won and closed_at is not null
    union all
    select
        'funnel' as card, stage || '_entered' as name, entered_at as happened_at, lead_id, segment, source, 1 as part, 0 as whole
    from stays
    union all
    select
        'funnel' as card, stage || '_reached' as name, happened_at, lead_id, segment, source, 1 as part, 0 as whole
    from reached
),

by_month as (
    select
        card,
        name,
        cast(date_trunc('month', timezone(getvariable('timezone'), timezone('UTC', happened_at))) as date) as period_start,
        lead_id,
        segment,
        source,
        part,
        whole
    from happened
    union all by name
    select 'scorecard' as card, name, period_start, lead_id, part, whole
    from ratio_parts
    where lead_id in (select lead_id from touched)
    union all by name
    select distinct
        'scorecard' as card,
        'repeat_customers' as name,
        cast(date_trunc('month', timezone(getvariable('timezone'), timezone('UTC', closed_at))) as date) as period_start,
        lead_id,
        1 as part,
        0 as whole
    from deals
    where is_won and is_repeat and closed_at is not null
    union all by name
    select
        'scorecard' as card,
        unnest(['cost', 'cost_per_lead', 'cost_per_mql', 'cost_per_customer']) as name,
        cast(date_trunc('month', sent_on) as date) as period_start,
        'day ' || sent_on || ' cost' as lead_id,
        cost as part,
        0 as whole
    from spent
    union all by name
    select
        unnest(['scorecard', 'funnel']) as card,
        'visitors' as name,
        cast(date_trunc('month', date) as date) as period_start,
        'day ' || date || ' visitors ' || coalesce(source, '') as lead_id,
        source,
        visitors as part,
        0 as whole
    from visits
),

sliced as (
    select
        card,
        name,
        period_start,
        unnest(if(card = 'funnel', ['all', 'segment=' || segment, 'source=' || source], ['all'])) as slice,
        lead_id,
        part,
        whole
    from by_month
)

select
    {{sign}} as sign,
    figures.table_name,
    sliced.name,
    sliced.period_start,
    sliced.slice,
    sliced.lead_id,
    sliced.part,
    sliced.whole
from sliced
inner join figures
    on
        sliced.name = figures.name
        and sliced.period_start = figures.period_start
        and sliced.slice = figures.slice
        and (figures.table_name like '%funnel_daily') = (sliced.card = 'funnel')
        and figures.table_name <> 'marts.sla_compliance'
