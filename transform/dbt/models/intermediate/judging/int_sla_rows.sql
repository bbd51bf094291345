with periods as (

    select * from {{ ref('int_sla_periods') }}

),

actuals as (

    select * from {{ ref('int_sla_actuals') }}

),

targets as (

    select * from {{ ref('int_sla_targets') }}

),

slices as (

    select
        agreement_version,
        commitment,
        period_start,
        cast('all' as {{ dbt.type_string() }}) as slice
    from periods
    union
    select
        agreement_version,
        commitment,
        period_start,
        slice
    from targets
    union
    select
        agreement_version,
        commitment,
        period_start,
        slice
    from actuals

),

filled as (

    select
        periods.*,
        slices.slice,
        periods.measure in ('deliver', 'deliver_value', 'convert', 'convert_value') as is_count,
        coalesce(actuals.total, 0) as total,
        coalesce(actuals.eligible, 0) as eligible,
        coalesce(actuals.is_waiting, 1 = 0) as is_waiting,
        coalesce(periods.share, targets.target) as target
    from slices
    inner join periods
        on
            slices.agreement_version = periods.agreement_version
            and slices.commitment = periods.commitment
            and slices.period_start = periods.period_start
    left join actuals
        on
            slices.agreement_version = actuals.agreement_version
            and slices.commitment = actuals.commitment
            and slices.period_start = actuals.period_start
            and slices.slice = actuals.slice
    left join targets
        on
            slices.agreement_version = targets.agreement_version
            and slices.commitment = targets.commitment
            and slices.period_start = targets.period_start
            and slices.slice = targets.slice

)

select * from filled
