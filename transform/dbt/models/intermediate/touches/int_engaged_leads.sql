with associations as (

    select * from {{ ref('stg_hubspot__associations') }}
    where to_type = 'contacts' and from_type in ('calls', 'emails', 'meetings', 'communications')

),

lead_ids as (

    select * from {{ ref('int_changed_contacts') }}

),

contacts as (

    select * from {{ ref('int_contacts') }}

),

engaged as (

    select distinct
        associations.from_type as engagement_type,
        associations.from_id as engagement_id,
        contacts.lead_id
    from associations
    inner join lead_ids
        on associations.to_id = lead_ids.contact_id
    inner join contacts
        on lead_ids.lead_id = contacts.lead_id

)

select * from engaged
