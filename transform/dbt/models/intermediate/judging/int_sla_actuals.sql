with periods as (

    select * from {{ ref('int_sla_periods') }}

),

handoffs as (

    select
        periods.agreement_version as judging_version,
        periods.period_start,
        handoffs.*
    from {{ ref('int_sla_handoffs') }} as handoffs
    inner join periods
        on
            handoffs.commitment = periods.commitment
            and handoffs.measure = periods.measure
            and handoffs.handed_off_at >= periods.starts_at
            and handoffs.handed_off_at < periods.ends_at

),

counts as (

    select
        periods.agreement_version as judging_version,
        periods.period_start,
        counts.*
    from {{ ref('int_sla_counts') }} as counts
    inner join periods
        on
            counts.agreement_version = periods.agreement_version
            and counts.commitment = periods.commitment
            and counts.happened_at >= periods.starts_at
            and counts.happened_at < periods.ends_at

),

sliced_handoffs as (

    {{ in_slices('handoffs', ['judging_version', 'commitment', 'period_start', 'status', 'is_waiting']) }}

),

sliced_counts as (

    {{ in_slices('counts', ['judging_version', 'commitment', 'period_start', 'amount']) }}

),

shares as (

    select
        judging_version as agreement_version,
        commitment,
        period_start,
        slice,
        cast(sum(case when status = 'met' then 1 else 0 end) as decimal(28, 6)) as total,
        cast(
            sum(case when status in ('met', 'breached') then 1 else 0 end) as {{ dbt.type_bigint() }}
        ) as eligible,
        max(case when is_waiting then 1 else 0 end) = 1 as is_waiting
    from sliced_handoffs
    group by judging_version, commitment, period_start, slice

),

sums as (

    select
        judging_version as agreement_version,
        commitment,
        period_start,
        slice,
        cast(sum(amount) as decimal(28, 6)) as total,
        cast(null as {{ dbt.type_bigint() }}) as eligible,
        1 = 0 as is_waiting
    from sliced_counts
    group by judging_version, commitment, period_start, slice

),

actuals as (

    select * from shares
    union all
    select * from sums

)

select * from actuals
