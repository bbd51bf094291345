with cut_histories as (

    select * from {{ ref('stg_hubspot__cut_histories') }}
    where object_type = 'contacts'

),

lead_ids as (

    select * from {{ ref('int_lead_ids') }}

),

cut_leads as (

    select
        lead_ids.lead_id,
        max(cut_histories.known_since) as history_known_since
    from cut_histories
    inner join lead_ids
        on cut_histories.object_id = lead_ids.contact_id
    group by lead_ids.lead_id

)

select * from cut_leads
