with

source as (

    select * from {{ source('raw_hubspot', 'associations') }}

),

renamed as (

    select
        from_type,
        from_id,
        to_type,
        to_id,
        coalesce(is_primary, false) as is_primary

    from source

)

select * from renamed
