with leads as (

    select * from {{ ref('int_counted_leads') }}
    where referred_by is not null

),

stays as (

    select * from {{ ref('lifecycle_stages') }}

),

-- A lead counts once, when it first entered any stage.
referrals as (

    select
        leads.lead_id,
        leads.referred_by,
        min(stays.entered_at) as referred_at
    from leads
    inner join stays
        on leads.lead_id = stays.lead_id
    group by leads.lead_id, leads.referred_by

)

select * from referrals
