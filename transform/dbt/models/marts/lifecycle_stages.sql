with stays as (

    select * from {{ ref('int_lifecycle_stays') }}

),

leads as (

    select * from {{ ref('int_contacts') }}

),

stages as (

    select
        stays.lead_id,
        stays.stay_number,
        stays.stage,
        stays.stage_rank,
        stays.entered_at,
        stays.exited_at,
        stays.is_current,
        stays.direction,
        stays.skipped_stages,
        stays.changed_by,
        stays.evidence
    from stays
    inner join leads
        on stays.lead_id = leads.lead_id

)

select * from stages
