with handoffs as (

    select * from {{ ref('lead_handoffs') }}

),

leads as (

    select * from {{ ref('int_counted_leads') }}

),

counted as (

    select handoffs.*
    from handoffs
    inner join leads
        on handoffs.lead_id = leads.lead_id

)

select * from counted
