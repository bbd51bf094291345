with leads as (

    select * from {{ ref('leads') }}

),

counted as (

    select
        lead_id,
        segment,
        source,
        lead_type,
        owner_id,
        owner_team as team,
        company_id,
        referred_by
    from leads
    where excluded_because is null and quarantined_by is null

)

select * from counted
