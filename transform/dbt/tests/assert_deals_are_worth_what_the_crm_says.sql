-- A failing row is a deal that was lost, doubled, or is worth something else than in the CRM: joins to
-- leads and companies must not multiply money.
with in_crm as (

    select
        deals.deal_id,
        deals.original_amount
    from {{ ref('stg_hubspot__deals') }} as deals
    cross join {{ source('raw_agreement', 'run') }} as run
    left join {{ ref('stg_hubspot__merged_records') }} as merged
        on
            deals.deal_id = merged.loser_id
            and merged.object_type = 'deals'
    where merged.loser_id is null and deals.created_at <= run.as_of

),

in_marts as (

    select
        deal_id,
        sum(original_amount) as original_amount
    from {{ ref('deals') }}
    group by deal_id

)

select coalesce(in_crm.deal_id, in_marts.deal_id) as deal_id
from in_crm
full outer join in_marts
    on in_crm.deal_id = in_marts.deal_id
where
    in_crm.deal_id is null
    or in_marts.deal_id is null
    or coalesce(in_crm.original_amount, 0) <> coalesce(in_marts.original_amount, 0)
