with handoffs as (

    select * from {{ ref('int_handoffs') }}

),

verdicts as (

    select * from {{ ref('int_handoff_verdicts') }}

),

contacts as (

    select * from {{ ref('int_contacts') }}

),

-- The CRM holds one reason, that of the last time the lead was turned down.
turned_down as (

    select
        handoffs.handoff_id,
        handoffs.lead_id,
        row_number() over (partition by handoffs.lead_id order by handoffs.stay_number desc) as age
    from handoffs
    inner join verdicts
        on handoffs.handoff_id = verdicts.handoff_id
    where verdicts.verdict in ('rejected', 'recycled')

),

reasons as (

    select
        turned_down.handoff_id,
        contacts.verdict_reason
    from turned_down
    inner join contacts
        on turned_down.lead_id = contacts.lead_id
    where turned_down.age = 1

)

select * from reasons
