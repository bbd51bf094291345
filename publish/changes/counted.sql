-- For one side: leads that count (all, or only some), their stays, and what else the scorecards and the funnel are made of.
create or replace temp view counted as
select lead_id, segment, source, referred_by
from {{side}}.marts.leads
where excluded_because is null and quarantined_by is null and {{only}};

create or replace temp view counted_stays as
select stays.lead_id, stays.stage, stays.stage_rank, stays.entered_at, counted.segment, counted.source
from {{side}}.marts.lifecycle_stages as stays
inner join counted on stays.lead_id = counted.lead_id;

create or replace temp view counted_deals as
select deals.*
from {{side}}.marts.deals as deals
semi join counted on deals.lead_id = counted.lead_id;

-- Handoffs before the first month or week that moved are in none that did.
create or replace temp view counted_handoffs as
select handoffs.*
from {{side}}.marts.lead_handoffs as handoffs
semi join counted on handoffs.lead_id = counted.lead_id
where handoffs.handed_off_at >= getvariable('since');

-- Handoffs on a clock; those of a promise without a part of the lead in its period were waived.
create or replace temp view judged_handoffs as
with on_a_clock as (
    select lead_id, handed_off_at, 'response_share' as name, response_commitment as commitment, response_status as status
    from counted_handoffs
    union all
    select lead_id, handed_off_at, 'follow_up_share' as name, follow_up_commitment as commitment, follow_up_status as status
    from counted_handoffs
    union all
    select lead_id, handed_off_at, 'verdict_share' as name, verdict_commitment as commitment, verdict_status as status
    from counted_handoffs
),

judged as (
    select *, cast(timezone(getvariable('timezone'), timezone('UTC', handed_off_at)) as date) as day
    from on_a_clock
    where commitment is not null and status in ('met', 'breached')
),

periods as (
    select commitment, period_start, period_end
    from {{side}}.marts.sla_compliance
    where slice = 'all'
)

select judged.*
from judged
left join periods
    on judged.commitment = periods.commitment and judged.day between periods.period_start and periods.period_end
left join (
    select distinct commitment, period_start, lead_id
    from {{side}}.marts.sla_parts
    where lead_id in (select lead_id from counted)
) as counts
    on
        periods.commitment = counts.commitment
        and periods.period_start = counts.period_start
        and judged.lead_id = counts.lead_id
where periods.commitment is null or counts.lead_id is not null;

create or replace temp view ratio_parts as
with happened as (
    select lead_id, name, handed_off_at as happened_at, status = 'met' as is_part
    from judged_handoffs
    union all
    select lead_id, 'acceptance' as name, handed_off_at as happened_at, verdict = 'accepted' as is_part
    from counted_handoffs
    where verdict in ('accepted', 'rejected')
    union all
    select lead_id, 'win_rate' as name, closed_at as happened_at, coalesce(is_won, false) as is_part
    from counted_deals
    where is_closed
)

select
    name,
    cast(date_trunc('month', timezone(getvariable('timezone'), timezone('UTC', happened_at))) as date) as period_start,
    lead_id,
    cast(is_part as integer) as part,
    1 as whole
from happened
where happened_at is not null;

create or replace temp view measures as
with happened as (
    select lead_id, 'median_response_minutes' as name, handed_off_at as happened_at, cast(response_minutes as double) as measure
    from counted_handoffs
    union all
    select
        lead_id,
        'median_days_to_close' as name,
        closed_at as happened_at,
        cast(epoch_ms(closed_at) - epoch_ms(created_at) as double) / 86400000 as measure
    from counted_deals
    where is_won
)

select
    name,
    cast(date_trunc('month', timezone(getvariable('timezone'), timezone('UTC', happened_at))) as date) as period_start,
    lead_id,
    measure
from happened
where measure is not null and happened_at is not null
