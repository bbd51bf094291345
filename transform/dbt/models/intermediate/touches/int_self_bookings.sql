with meetings as (

    select * from {{ ref('stg_hubspot__meetings') }}
    where booked_through in ({{ self_booking_sources() }})

),

engaged_leads as (

    select * from {{ ref('int_engaged_leads') }}
    where engagement_type = 'meetings'

),

run as (

    select * from {{ source('raw_agreement', 'run') }}

),

bookings as (

    select
        engaged_leads.lead_id,
        meetings.engagement_id as meeting_id,
        meetings.logged_at as booked_at
    from meetings
    inner join engaged_leads
        on meetings.engagement_id = engaged_leads.engagement_id
    cross join run
    where meetings.logged_at <= run.as_of

)

select * from bookings
