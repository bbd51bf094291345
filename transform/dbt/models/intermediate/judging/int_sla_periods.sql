with periods as (

    select * from {{ source('raw_agreement', 'periods') }}

),

run as (

    select * from {{ source('raw_agreement', 'run') }}

),

commitments as (

    select * from {{ source('raw_agreement', 'commitments') }}

),

judged as (

    select
        commitments.version as agreement_version,
        commitments.position,
        commitments.commitment,
        commitments.department,
        commitments.measure,
        commitments.stage,
        commitments.count_by,
        commitments.is_conditional,
        commitments.share,
        periods.period,
        periods.period_key,
        periods.period_start,
        periods.period_end,
        periods.starts_at,
        periods.ends_at,
        periods.ends_at > run.as_of as is_running,
        run.as_of
    from periods
    inner join commitments
        on
            periods.version = commitments.version
            and periods.period = commitments.period
    cross join run
    where periods.starts_at <= run.as_of

)

select * from judged
