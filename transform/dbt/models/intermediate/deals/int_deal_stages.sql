with history as (

    select * from {{ ref('stg_hubspot__property_history') }}
    where object_type = 'deals' and property = 'dealstage' and value is not null

),

run as (

    select * from {{ source('raw_agreement', 'run') }}

),

ranked as (

    select
        history.object_id as deal_id,
        history.value as stage_id,
        history.changed_at,
        history.changed_at <= run.as_of as is_past,
        row_number() over (
            partition by history.object_id, case when history.changed_at <= run.as_of then 1 else 0 end
            order by history.changed_at desc, history.ordinal desc
        ) as age
    from history
    cross join run

),

newest as (

    select
        deal_id,
        max(case when is_past then stage_id end) as stage_id,
        max(case when is_past then changed_at end) as entered_at,
        max(case when is_past then 0 else 1 end) = 1 as has_later
    from ranked
    where age = 1
    group by deal_id

)

select * from newest
