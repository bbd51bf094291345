with

source as (

    select * from {{ source('raw_hubspot', 'pipeline_stages') }}

),

renamed as (

    select
        object_type,
        pipeline_id,
        nullif(pipeline_label, '') as pipeline,
        stage_id,
        nullif(stage_label, '') as deal_stage,
        display_order,
        coalesce(is_closed, false) as is_closed,
        coalesce(is_won, false) as is_won

    from source

)

select * from renamed
