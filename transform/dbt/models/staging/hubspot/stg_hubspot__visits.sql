with

source as (

    {{ raw_table('visits', {
        'day': 'date',
        'source': dbt.type_string(),
        'visits': dbt.type_bigint(),
        'visitors': dbt.type_bigint(),
    }) }}

),

renamed as (

    select
        day as visited_on,
        source as original_source,
        coalesce(visitors, visits) as visitors

    from source

)

select * from renamed
