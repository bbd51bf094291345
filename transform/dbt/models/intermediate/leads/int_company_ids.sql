with companies as (

    select * from {{ ref('stg_hubspot__companies') }}

),

merged_records as (

    select * from {{ ref('stg_hubspot__merged_records') }}
    where object_type = 'companies'

),

known_ids as (

    select company_id as record_id from companies
    union
    select loser_id as record_id from merged_records

),

company_ids as (

    select
        known_ids.record_id,
        coalesce(merged_records.winner_id, known_ids.record_id) as company_id
    from known_ids
    left join merged_records
        on known_ids.record_id = merged_records.loser_id

)

select * from company_ids
