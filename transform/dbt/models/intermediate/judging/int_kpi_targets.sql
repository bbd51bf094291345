with monthly as (

    select
        period,
        period_start,
        position,
        measure,
        target,
        is_running,
        case when measure in ('deliver', 'convert') then stage end as stage
    from {{ ref('int_sla_rows') }}
    where
        slice = 'all'
        and period = 'month'
        and not is_conditional
        and count_by = 'leads'

),

promised as (

    select
        *,
        row_number() over (partition by period_start, measure, stage order by position) as nth
    from monthly

),

targets as (

    select
        promised.period_start as month,
        promised.measure,
        promised.stage,
        promised.target,
        promised.is_running,
        elapsed.open_ms,
        elapsed.elapsed_ms
    from promised
    inner join {{ ref('int_sla_elapsed') }} as elapsed
        on
            promised.period = elapsed.period
            and promised.period_start = elapsed.period_start
    where promised.nth = 1

)

select * from targets
