-- A failing row is a deal whose leads do not have exactly one primary among them, or another one than
-- the deal says: its amount would be counted for nobody, or for several.
with primary_leads as (

    select
        deal_id,
        sum(case when is_primary then 1 else 0 end) as primaries,
        max(case when is_primary then lead_id end) as lead_id
    from {{ ref('deal_leads') }}
    group by deal_id

)

select deals.deal_id
from {{ ref('deals') }} as deals
left join primary_leads
    on deals.deal_id = primary_leads.deal_id
where
    coalesce(primary_leads.primaries, 1) <> 1
    or coalesce(deals.lead_id, '') <> coalesce(primary_leads.lead_id, '')
