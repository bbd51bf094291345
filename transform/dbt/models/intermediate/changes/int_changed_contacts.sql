with lead_ids as (

    select * from {{ ref('int_lead_ids') }}

),

changed as (

    select * from {{ ref('int_changed_leads') }}

),

of_changed_leads as (

    select
        lead_ids.contact_id,
        lead_ids.lead_id
    from lead_ids
    inner join changed
        on lead_ids.lead_id = changed.lead_id

)

select * from of_changed_leads
