with changed as (

    select * from {{ ref('int_changed_leads') }}

),

promised as (

    select * from {{ ref('int_sla_promised') }}

),

-- Of whom counts together, any may be the first now that another is not.
recounted as (

    select lead_id from changed
    union
    select lead_id from promised
    where counted_once is not null

)

select * from recounted
