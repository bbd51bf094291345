-- The single ones of the last ninety days that brought most leads.
select
    medium,
    name,
    min(sent_on) as first_on,
    cast(sum(opened) as bigint) as opened,
    cast(sum(clicked) as bigint) as clicked,
    cast(sum(leads_created) as bigint) as leads_created
from marts.broadcasts
where
    sent_on > cast(cast($local_now as timestamp) - interval 90 day as date)
    and sent_on <= cast(cast($local_now as timestamp) as date)
group by broadcast_id, medium, name
having sum(leads_created) > 0
order by leads_created desc, first_on desc, medium, name
limit 8
