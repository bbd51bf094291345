with months as (

    select
        periods.period_start as cohort_month,
        periods.mature_at <= run.as_of as is_mature
    from {{ source('raw_agreement', 'periods') }} as periods
    cross join {{ source('raw_agreement', 'run') }} as run
    where periods.period = 'month'

)

select * from months
