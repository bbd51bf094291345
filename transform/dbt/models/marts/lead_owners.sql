with periods as (

    select * from {{ ref('int_owner_periods') }}
    where owned_until is null or owned_until > owned_from

),

leads as (

    select * from {{ ref('leads') }}

),

owners as (

    select * from {{ ref('int_owner_spells') }}

),

owned as (

    select
        leads.lead_id,
        periods.owned_from,
        periods.owned_until,
        periods.owner_id,
        owners.owner_name,
        owners.team as owner_team
    from periods
    inner join leads
        on periods.lead_id = leads.lead_id
    left join owners
        on
            periods.owner_id = owners.owner_id
            and (owners.valid_from is null or periods.owned_from >= owners.valid_from)
            and (owners.valid_until is null or periods.owned_from < owners.valid_until)

)

select * from owned
