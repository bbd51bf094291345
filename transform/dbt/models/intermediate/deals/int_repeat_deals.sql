with deals as (

    select * from {{ ref('int_deals') }}

),

leads as (

    select * from {{ ref('leads') }}

),

-- On whose behalf a deal was won: its lead, and its company or else the lead's.
parties as (

    select
        deal_id,
        'lead ' || lead_id as party,
        is_won,
        created_at,
        closed_at
    from deals
    where lead_id is not null
    union all
    select
        deals.deal_id,
        'company ' || coalesce(deals.company_id, leads.company_id) as party,
        deals.is_won,
        deals.created_at,
        deals.closed_at
    from deals
    left join leads
        on deals.lead_id = leads.lead_id
    where coalesce(deals.company_id, leads.company_id) is not null

),

first_won as (

    select
        party,
        min(closed_at) as first_won_at
    from parties
    where is_won
    group by party

),

repeats as (

    select distinct parties.deal_id
    from parties
    inner join first_won
        on parties.party = first_won.party
    where first_won.first_won_at <= parties.created_at

)

select * from repeats
