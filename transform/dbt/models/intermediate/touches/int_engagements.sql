with calls as (

    select * from {{ ref('stg_hubspot__calls') }}

),

emails as (

    select * from {{ ref('stg_hubspot__emails') }}

),

meetings as (

    select * from {{ ref('stg_hubspot__meetings') }}

),

communications as (

    select * from {{ ref('stg_hubspot__communications') }}

),

policy as (

    select * from {{ source('raw_agreement', 'touch_policy') }}

),

-- Nobody answering, or no direction given, is still somebody calling.
outgoing_calls as (

    select
        cast('calls' as {{ dbt.type_string() }}) as engagement_type,
        engagement_id,
        owner_id,
        cast('call' as {{ dbt.type_string() }}) as medium,
        outcome,
        happened_at as touched_at,
        cast(null as {{ dbt.type_timestamp() }}) as held_at,
        logged_at
    from calls
    where
        coalesce(direction, 'OUTBOUND') = 'OUTBOUND'
        and coalesce(outcome, 'COMPLETED') not in ('CANCELED', 'FAILED')

),

outgoing_emails as (

    select
        cast('emails' as {{ dbt.type_string() }}) as engagement_type,
        emails.engagement_id,
        emails.owner_id,
        cast('email' as {{ dbt.type_string() }}) as medium,
        emails.outcome,
        emails.happened_at as touched_at,
        cast(null as {{ dbt.type_timestamp() }}) as held_at,
        emails.logged_at
    from emails
    cross join policy
    where
        coalesce(emails.direction, 'EMAIL') = 'EMAIL'
        and coalesce(emails.outcome, 'SENT') not in ('BOUNCED', 'FAILED', 'SCHEDULED')
        and (
            policy.automatic_email
            or (
                emails.sequence_id is null
                and coalesce(emails.sent_via, '') not in ('SEQUENCE', 'WORKFLOW', 'AUTOMATION')
            )
        )

),

-- Booked is touched: held or not. What the lead booked by itself is no touch of ours.
booked_meetings as (

    select
        cast('meetings' as {{ dbt.type_string() }}) as engagement_type,
        engagement_id,
        owner_id,
        cast(
            case when location_type = 'VIDEO' then 'video_call' else 'meeting' end as {{ dbt.type_string() }}
        ) as medium,
        outcome,
        logged_at as touched_at,
        coalesce(starts_at, happened_at) as held_at,
        logged_at
    from meetings
    where
        coalesce(booked_through, 'CRM_UI') not in ({{ self_booking_sources() }})
        and coalesce(outcome, 'SCHEDULED') <> 'CANCELED'

),

messages as (

    select
        cast('communications' as {{ dbt.type_string() }}) as engagement_type,
        engagement_id,
        owner_id,
        cast(
            case when channel = 'LINKEDIN_MESSAGE' then 'social' else 'text' end as {{ dbt.type_string() }}
        ) as medium,
        channel as outcome,
        happened_at as touched_at,
        cast(null as {{ dbt.type_timestamp() }}) as held_at,
        logged_at
    from communications
    where channel in ('LINKEDIN_MESSAGE', 'SMS', 'WHATS_APP')

),

engagements as (

    select * from outgoing_calls
    union all
    select * from outgoing_emails
    union all
    select * from booked_meetings
    union all
    select * from messages

)

select * from engagements
