-- Mass communication of the last closed and the running month, by medium: how many there were, and what came of them.
select
    cast(date_trunc('month', sent_on) as date) as month,
    medium,
    count(distinct broadcast_id) as broadcasts,
    cast(sum(audience) as bigint) as audience,
    cast(sum(delivered) as bigint) as delivered,
    cast(sum(opened) as bigint) as opened,
    cast(sum(clicked) as bigint) as clicked,
    cast(sum(leads_created) as bigint) as leads_created,
    cast(sum(cost) as double) as cost
from marts.broadcasts
where
    sent_on >= cast(date_trunc('month', cast($local_now as timestamp)) - interval 1 month as date)
    and sent_on <= cast(cast($local_now as timestamp) as date)
group by all
order by month desc, medium
