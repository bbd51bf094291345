-- A failing row is a kind of engagement with more touches than the CRM has engagements with contacts.
with touches as (

    select
        medium,
        count(*) as touches
    from {{ ref('touches') }}
    where medium in ('call', 'email')
    group by medium

),

engagements as (

    select
        case from_type when 'calls' then 'call' else 'email' end as medium,
        count(*) as engagements
    from {{ ref('stg_hubspot__associations') }}
    where from_type in ('calls', 'emails') and to_type = 'contacts'
    group by from_type

)

select touches.medium
from touches
left join engagements
    on touches.medium = engagements.medium
where touches.touches > coalesce(engagements.engagements, 0)
