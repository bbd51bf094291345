with

source as (

    {{ raw_table('marketing_emails', {
        'id': dbt.type_string(),
        'name': dbt.type_string(),
        'subject': dbt.type_string(),
        'published_at': dbt.type_timestamp(),
        'audience': dbt.type_bigint(),
        'delivered': dbt.type_bigint(),
        'opened': dbt.type_bigint(),
        'clicked': dbt.type_bigint(),
        'contacts_created': dbt.type_bigint(),
    }) }}

),

renamed as (

    select
        id as email_id,
        coalesce(name, subject) as name,
        published_at,
        audience,
        delivered,
        opened,
        clicked,
        contacts_created

    from source

)

select * from renamed
