with periods as (

    select * from {{ ref('int_sla_periods') }}

),

handoffs as (

    select * from {{ ref('int_sla_handoffs') }}
    {{ of_recounted_leads() }}

),

counts as (

    select * from {{ ref('int_sla_counts') }}
    {{ of_recounted_leads() }}

),

shared as (

    select
        periods.commitment,
        periods.period_start,
        handoffs.lead_id,
        handoffs.segment,
        handoffs.source,
        handoffs.lead_type,
        handoffs.owner_id,
        handoffs.team,
        case when handoffs.status = 'met' then 1 else 0 end as part,
        1 as eligible
    from handoffs
    inner join periods
        on
            handoffs.commitment = periods.commitment
            and handoffs.measure = periods.measure
            and handoffs.handed_off_at >= periods.starts_at
            and handoffs.handed_off_at < periods.ends_at
    where handoffs.status in ('met', 'breached')

),

summed as (

    select
        periods.commitment,
        periods.period_start,
        counts.lead_id,
        counts.segment,
        counts.source,
        counts.lead_type,
        counts.owner_id,
        counts.team,
        counts.amount as part,
        cast(null as {{ dbt.type_int() }}) as eligible
    from counts
    inner join periods
        on
            counts.agreement_version = periods.agreement_version
            and counts.commitment = periods.commitment
            and counts.happened_at >= periods.starts_at
            and counts.happened_at < periods.ends_at

),

either as (

    select * from shared
    union all
    select * from summed

),

parts as (

    select
        commitment,
        period_start,
        lead_id,
        segment,
        source,
        lead_type,
        owner_id,
        team,
        cast(sum(part) as decimal(28, 6)) as part,
        cast(sum(eligible) as {{ dbt.type_bigint() }}) as eligible
    from either
    group by
        commitment,
        period_start,
        lead_id,
        segment,
        source,
        lead_type,
        owner_id,
        team

)

select * from parts
