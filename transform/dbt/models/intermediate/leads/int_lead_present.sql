with revisions as (

    select * from {{ ref('int_contact_revisions') }}

),

run as (

    select * from {{ source('raw_agreement', 'run') }}

),

owner_periods as (

    select * from {{ ref('int_owner_periods') }}

),

ranked as (

    select
        *,
        row_number() over (partition by lead_id, property order by position desc) as age
    from revisions

),

present_values as (

    select
        lead_id,
        max(case when property = 'hs_lead_status' then value end) as lead_status,
        max(case when property = 'hubspot_owner_id' then value end) as named_owner_id
    from ranked
    where age = 1
    group by lead_id

),

present_owners as (

    select
        owner_periods.lead_id,
        owner_periods.owner_id
    from owner_periods
    cross join run
    where
        owner_periods.owned_from <= run.as_of
        and (owner_periods.owned_until is null or owner_periods.owned_until > run.as_of)

),

present as (

    select
        present_values.lead_id,
        present_values.lead_status,
        present_values.named_owner_id,
        present_owners.owner_id
    from present_values
    left join present_owners
        on present_values.lead_id = present_owners.lead_id

)

select * from present
