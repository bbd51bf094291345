with

source as (

    select * from {{ source('raw_hubspot', 'owner_teams') }}

),

renamed as (

    select
        owner_id,
        team_id,
        nullif(team_name, '') as team,
        coalesce(is_primary, false) as is_primary

    from source

)

select * from renamed
