with merged_records as (

    select * from {{ ref('stg_hubspot__merged_records') }}
    where object_type = 'contacts'

),

contacts as (

    select * from {{ ref('stg_hubspot__contacts') }}

),

known_ids as (

    select contact_id from contacts
    union
    select loser_id as contact_id from merged_records

),

lead_ids as (

    select
        known_ids.contact_id,
        coalesce(merged_records.winner_id, known_ids.contact_id) as lead_id
    from known_ids
    left join merged_records
        on known_ids.contact_id = merged_records.loser_id

)

select * from lead_ids
