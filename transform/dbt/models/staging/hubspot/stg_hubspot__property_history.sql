with

source as (

    select * from {{ source('raw_hubspot', 'property_history') }}

),

renamed as (

    select
        object_type,
        object_id,
        property,
        nullif(value, '') as value,
        source_type,
        nullif(updated_by_user_id, '') as user_id,
        ordinal,
        changed_at

    from source

)

select * from renamed
