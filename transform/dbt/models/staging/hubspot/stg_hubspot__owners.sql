with

source as (

    select * from {{ source('raw_hubspot', 'owners') }}

),

renamed as (

    select
        id as owner_id,
        nullif(user_id, '') as user_id,
        nullif(lower(trim(email)), '') as email,
        nullif(trim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), '') as owner_name,
        archived as is_deactivated,
        created_at,
        case when archived then updated_at end as deactivated_at

    from source

)

select * from renamed
