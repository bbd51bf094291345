with

source as (

    {{ raw_table('content_analytics', {
        'content_type': dbt.type_string(),
        'content_id': dbt.type_string(),
        'name': dbt.type_string(),
        'day': 'date',
        'views': dbt.type_bigint(),
        'contacts_created': dbt.type_bigint(),
    }) }}

),

renamed as (

    select
        content_type as medium,
        content_id,
        name,
        day as seen_on,
        views,
        contacts_created

    from source

)

select * from renamed
