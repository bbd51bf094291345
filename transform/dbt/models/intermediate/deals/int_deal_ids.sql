with deals as (

    select * from {{ ref('stg_hubspot__deals') }}

),

merged_records as (

    select * from {{ ref('stg_hubspot__merged_records') }}
    where object_type = 'deals'

),

deal_ids as (

    select
        deals.deal_id as record_id,
        coalesce(merged_records.winner_id, deals.deal_id) as deal_id
    from deals
    left join merged_records
        on deals.deal_id = merged_records.loser_id

)

select * from deal_ids
