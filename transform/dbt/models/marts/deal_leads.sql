with deal_leads as (

    select * from {{ ref('int_deal_leads') }}

),

deals as (

    select * from {{ ref('int_deals') }}

),

published as (

    select
        deal_leads.deal_id,
        deal_leads.lead_id,
        deal_leads.is_primary
    from deal_leads
    inner join deals
        on deal_leads.deal_id = deals.deal_id

)

select * from published
