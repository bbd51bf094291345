with

source as (

    {{ raw_table('cut_histories', {
        'object_type': dbt.type_string(),
        'object_id': dbt.type_string(),
        'property': dbt.type_string(),
        'since': dbt.type_timestamp(),
    }) }}

),

renamed as (

    select
        object_type,
        object_id,
        property,
        since as known_since

    from source

)

select * from renamed
