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

media as (

    select * from {{ ref('stg_hubspot__engagement_media') }}

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
        cast(null as {{ dbt.type_string() }}) as told,
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
        cast(null as {{ dbt.type_string() }}) as told,
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
        location_type as told,
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
        channel as told,
        channel as outcome,
        happened_at as touched_at,
        cast(null as {{ dbt.type_timestamp() }}) as held_at,
        logged_at
    from communications

),

engagements as (

    select * from outgoing_calls
    union all
    select * from outgoing_emails
    union all
    select * from booked_meetings
    union all
    select * from messages

),

-- What the CRM's declaration knows no medium of is no way to reach somebody.
with_medium as (

    select
        engagements.engagement_type,
        engagements.engagement_id,
        engagements.owner_id,
        coalesce(named.medium, others.medium) as medium,
        engagements.outcome,
        engagements.touched_at,
        engagements.held_at,
        engagements.logged_at
    from engagements
    left join media as named
        on engagements.engagement_type = named.engagement_type and engagements.told = named.told
    left join media as others
        on engagements.engagement_type = others.engagement_type and others.told = ''
    where coalesce(named.medium, others.medium) is not null

)

select * from with_medium
