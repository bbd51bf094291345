with deals as (

    select * from {{ ref('deals') }}

),

leads as (

    select * from {{ ref('int_counted_leads') }}

),

owners as (

    select * from {{ ref('int_owners') }}

),

counted as (

    select
        deals.deal_id,
        deals.lead_id,
        coalesce(deals.company_id, leads.company_id) as company_id,
        coalesce(deals.amount, 0) as amount,
        deals.created_at,
        deals.closed_at,
        deals.is_closed,
        deals.is_won,
        deals.is_repeat,
        leads.segment,
        leads.source,
        leads.lead_type,
        deals.owner_id,
        owners.team
    from deals
    inner join leads
        on deals.lead_id = leads.lead_id
    left join owners
        on deals.owner_id = owners.owner_id

)

select * from counted
