-- A failing row says that the scorecard's months hold another won amount than the deals do: a fan-out, or a
-- deal that fell between two months. (Dates before there were CRMs are typing errors, and in no month.)
with leads as (

    select * from {{ ref('leads') }}
    where excluded_because is null and quarantined_by is null

),

first_day as (

    select min(starts_at) as starts_at
    from {{ source('raw_agreement', 'days') }}

),

deals as (

    select coalesce(sum(deals.amount), 0) as won_amount
    from {{ ref('deals') }} as deals
    inner join leads
        on deals.lead_id = leads.lead_id
    cross join first_day
    where deals.is_won and deals.closed_at >= first_day.starts_at

),

scorecard as (

    select coalesce(sum(value), 0) as won_amount
    from {{ ref('sales_scorecard') }}
    where kpi = 'won_amount'

)

select
    deals.won_amount as by_deal,
    scorecard.won_amount as by_month
from deals
cross join scorecard
where cast(deals.won_amount as decimal(28, 6)) <> scorecard.won_amount
