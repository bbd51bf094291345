-- Days are no people: what one brought is new if it has ended since, late if it was missing, else corrected.
insert into evidence
select
    lead_id,
    case
        when cast(substr(lead_id, 5, 10) as date)
            >= cast(timezone(getvariable('timezone'), timezone('UTC', cast($before_as_of as timestamp))) as date) then 5
        when min(sign) = 1 then 4
        when max(sign) = -1 then 2
        else 3
    end as cause,
    'any' as about
from parts
where lead_id like 'day %'
group by lead_id
having sum(sign * part) <> 0
