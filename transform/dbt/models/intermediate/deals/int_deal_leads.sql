with associations as (

    select * from {{ ref('stg_hubspot__associations') }}
    where from_type = 'deals' and to_type = 'contacts'

),

deal_ids as (

    select * from {{ ref('int_deal_ids') }}

),

lead_ids as (

    select * from {{ ref('int_lead_ids') }}

),

contacts as (

    select
        contacts.contact_id as lead_id,
        contacts.created_at
    from {{ ref('stg_hubspot__contacts') }} as contacts
    inner join {{ source('raw_agreement', 'run') }} as run
        on contacts.created_at <= run.as_of

),

pairs as (

    select
        deal_ids.deal_id,
        contacts.lead_id,
        contacts.created_at,
        min(case when associations.is_primary then 0 else 1 end) as preference
    from associations
    inner join deal_ids
        on associations.from_id = deal_ids.record_id
    inner join lead_ids
        on associations.to_id = lead_ids.contact_id
    inner join contacts
        on lead_ids.lead_id = contacts.lead_id
    group by deal_ids.deal_id, contacts.lead_id, contacts.created_at

),

ranked as (

    select
        deal_id,
        lead_id,
        row_number() over (
            partition by deal_id
            order by preference, created_at, length(lead_id), lead_id
        ) = 1 as is_primary
    from pairs

)

select * from ranked
