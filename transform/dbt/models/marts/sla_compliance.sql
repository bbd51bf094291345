with judged as (

    select * from {{ ref('int_sla_rows') }}

),

elapsed as (

    select * from {{ ref('int_sla_elapsed') }}

),

measured as (

    select
        judged.*,
        elapsed.open_ms,
        elapsed.elapsed_ms,
        case
            when judged.is_count then judged.total
            else {{ share_of('judged.total', 'judged.eligible') }}
        end as actual,
        judged.target * case when judged.is_count then 1 else judged.eligible end as target_total,
        {{ is_kept(
            'judged.is_count', 'judged.total', 'judged.eligible', 'judged.target',
            'judged.is_running', 'elapsed.elapsed_ms', 'elapsed.open_ms'
        ) }} as is_kept
    from judged
    inner join elapsed
        on
            judged.period = elapsed.period
            and judged.period_start = elapsed.period_start

),

compliance as (

    select
        commitment,
        department,
        agreement_version,
        period,
        period_start,
        period_end,
        slice,
        cast(target as decimal(28, 6)) as target,
        cast(actual as decimal(28, 6)) as actual,
        case when not is_count then eligible end as eligible,
        {{ share_of('total', 'target_total') }} as attainment,
        {{ commitment_status('is_kept', 'is_running') }} as status,
        is_running or is_waiting as is_provisional,
        as_of
    from measured

)

select * from compliance
