with

source as (

    select * from {{ source('raw_hubspot', 'merged_records') }}

),

renamed as (

    select
        object_type,
        loser_id,
        winner_id

    from source

)

select * from renamed
