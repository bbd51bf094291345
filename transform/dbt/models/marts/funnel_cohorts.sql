with steps as (

    select
        steps.*,
        months.is_mature
    from {{ ref('int_funnel_steps') }} as steps
    inner join {{ ref('int_cohort_months') }} as months
        on steps.cohort_month = months.cohort_month

),

cohorts as (

    select
        cohort_month,
        segment,
        source,
        from_stage,
        to_stage,
        is_mature,
        cast(count(*) as {{ dbt.type_bigint() }}) as leads,
        cast(sum(is_converted) as {{ dbt.type_bigint() }}) as converted,
        percentile_cont(0.5) within group (order by days) as median_days,
        percentile_cont(0.9) within group (order by days) as p90_days
    from steps
    group by cohort_month, segment, source, from_stage, to_stage, is_mature

),

converted as (

    select
        cohort_month,
        segment,
        source,
        from_stage,
        to_stage,
        leads,
        converted,
        {{ share_of('converted', 'leads') }} as conversion,
        cast(median_days as decimal(28, 6)) as median_days,
        cast(p90_days as decimal(28, 6)) as p90_days,
        is_mature
    from cohorts

)

select * from converted
