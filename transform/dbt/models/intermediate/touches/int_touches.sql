with engagements as (

    select * from {{ ref('int_engagements') }}

),

engaged_leads as (

    select * from {{ ref('int_engaged_leads') }}

),

owners as (

    select * from {{ ref('int_owner_spells') }}

),

media as (

    select * from {{ source('raw_agreement', 'touch_media') }}

),

policy as (

    select
        touch_policy.*,
        run.as_of
    from {{ source('raw_agreement', 'touch_policy') }} as touch_policy
    cross join {{ source('raw_agreement', 'run') }} as run

),

touches as (

    select
        engaged_leads.engagement_type
        || '-' || engagements.engagement_id
        || '-' || engaged_leads.lead_id as touch_id,
        engaged_leads.lead_id,
        engagements.medium,
        case when not coalesce(owners.is_nobody, false) then engagements.owner_id end as owner_id,
        engagements.outcome,
        engagements.touched_at,
        engagements.held_at,
        engagements.logged_at,
        coalesce(
            {{ epoch_ms('engagements.logged_at') }} - {{ epoch_ms('engagements.touched_at') }}
            > policy.late_log_after_ms,
            false
        ) as late_log
    from engagements
    inner join engaged_leads
        on
            engagements.engagement_type = engaged_leads.engagement_type
            and engagements.engagement_id = engaged_leads.engagement_id
    inner join media
        on engagements.medium = media.medium
    cross join policy
    left join owners
        on
            engagements.owner_id = owners.owner_id
            and (owners.valid_from is null or engagements.touched_at >= owners.valid_from)
            and (owners.valid_until is null or engagements.touched_at < owners.valid_until)
    where
        coalesce(owners.is_sales, true)
        and engagements.touched_at <= policy.as_of
        and engagements.logged_at <= policy.as_of

),

-- A dialler's repeats are one attempt: each within the agreed time of the one before.
with_previous as (

    select
        touches.*,
        {{ epoch_ms('touches.touched_at') }} - lag({{ epoch_ms('touches.touched_at') }}) over (
            partition by touches.lead_id, touches.medium, touches.owner_id
            order by touches.touched_at, touches.touch_id
        ) as ms_since_previous
    from touches

),

opening as (

    select
        with_previous.*,
        case
            when with_previous.ms_since_previous <= policy.duplicates_within_ms then 0
            else 1
        end as opens_attempt
    from with_previous
    cross join policy

),

attempts as (

    select
        opening.touch_id,
        opening.lead_id,
        opening.medium,
        opening.owner_id,
        opening.outcome,
        opening.touched_at,
        opening.held_at,
        opening.logged_at,
        opening.late_log,
        -- When it counts against a clock: what is written down late undoes no breach.
        case when opening.late_log then opening.logged_at else opening.touched_at end as counts_at,
        opening.opens_attempt = 0 as is_duplicate,
        sum(opening.opens_attempt) over (
            partition by opening.lead_id, opening.medium, opening.owner_id
            order by opening.touched_at, opening.touch_id
            rows between unbounded preceding and current row
        ) as attempt
    from opening

)

select * from attempts
