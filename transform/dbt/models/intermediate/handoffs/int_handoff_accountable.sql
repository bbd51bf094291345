with handoffs as (

    select * from {{ ref('int_handoffs') }}

),

responses as (

    select * from {{ ref('int_handoff_responses') }}

),

owner_periods as (

    select * from {{ ref('int_owner_periods') }}

),

owners as (

    select * from {{ ref('int_owner_spells') }}

),

run as (

    select * from {{ source('raw_agreement', 'run') }}

),

-- Whose it was when the response was due; until then, whose it is now.
asked as (

    select
        handoffs.handoff_id,
        handoffs.lead_id,
        case when responses.due_at < run.as_of then responses.due_at else run.as_of end as accountable_at
    from handoffs
    cross join run
    left join responses
        on handoffs.handoff_id = responses.handoff_id

),

accountable as (

    select
        asked.handoff_id,
        owner_periods.owner_id as accountable_owner_id,
        owners.team as accountable_team
    from asked
    inner join owner_periods
        on
            asked.lead_id = owner_periods.lead_id
            and asked.accountable_at >= owner_periods.owned_from
            and (owner_periods.owned_until is null or asked.accountable_at < owner_periods.owned_until)
    left join owners
        on
            owner_periods.owner_id = owners.owner_id
            and (owners.valid_from is null or asked.accountable_at >= owners.valid_from)
            and (owners.valid_until is null or asked.accountable_at < owners.valid_until)

)

select * from accountable
