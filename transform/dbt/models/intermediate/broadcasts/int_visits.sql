with visits as (

    select * from {{ ref('stg_hubspot__visits') }}

),

sources as (

    select * from {{ source('raw_agreement', 'sources') }}

),

days as (

    select * from {{ source('raw_agreement', 'days') }}

),

daily as (

    select
        days.day,
        days.starts_at,
        coalesce(sources.source, lower(visits.original_source)) as source,
        cast(sum(visits.visitors) as {{ dbt.type_bigint() }}) as visitors
    from visits
    inner join days
        on visits.visited_on = days.day
    left join sources
        on visits.original_source = sources.crm_value
    group by days.day, days.starts_at, coalesce(sources.source, lower(visits.original_source))

)

select * from daily
