with reached as (

    select * from {{ ref('int_reached') }}

),

stays as (

    select
        leads.segment,
        leads.source,
        stays.stage,
        stays.entered_at
    from {{ ref('lifecycle_stages') }} as stays
    inner join {{ ref('int_counted_leads') }} as leads
        on stays.lead_id = leads.lead_id

),

visits as (

    select * from {{ ref('int_visits') }}

),

days as (

    {{ local_days() }}

),

happened as (

    select
        segment,
        source,
        stage,
        entered_at as happened_at,
        cast(null as {{ dbt.type_bigint() }}) as visitors,
        1 as entered,
        0 as reached
    from stays
    union all
    select
        segment,
        source,
        stage,
        reached_at as happened_at,
        cast(null as {{ dbt.type_bigint() }}) as visitors,
        0 as entered,
        1 as reached
    from reached
    union all
    select
        cast(null as {{ dbt.type_string() }}) as segment,
        source,
        cast('{{ var("stages")[0] }}' as {{ dbt.type_string() }}) as stage,
        starts_at as happened_at,
        visitors,
        0 as entered,
        0 as reached
    from visits

),

daily as (

    select
        days.day as date,
        happened.segment,
        happened.source,
        happened.stage,
        cast(sum(happened.visitors) as {{ dbt.type_bigint() }}) as visitors,
        cast(sum(happened.entered) as {{ dbt.type_bigint() }}) as entered,
        cast(sum(happened.reached) as {{ dbt.type_bigint() }}) as reached
    from happened
    inner join days
        on
            {{ utc_day('happened.happened_at') }} = days.utc_day
            and happened.happened_at >= days.starts_at
            and happened.happened_at < days.ends_at
    group by days.day, happened.segment, happened.source, happened.stage

)

select * from daily
