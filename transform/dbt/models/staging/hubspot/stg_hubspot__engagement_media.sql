with

source as (

    select * from {{ source('raw_hubspot', 'engagement_media') }}

),

renamed as (

    select
        object_type as engagement_type,
        value as told,
        medium

    from source

)

select * from renamed
