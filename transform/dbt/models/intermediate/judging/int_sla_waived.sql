with waivers as (

    select * from {{ source('raw_agreement', 'waivers') }}
    where commitment is not null

),

handoffs as (

    select * from {{ ref('lead_handoffs') }}

),

owners as (

    select * from {{ ref('int_owners') }}

),

lead_ids as (

    select * from {{ ref('int_lead_ids') }}

),

waived as (

    select distinct
        handoffs.handoff_id,
        waivers.commitment
    from handoffs
    inner join waivers
        on
            handoffs.agreement_version = waivers.version
            and (waivers.from_at is null or handoffs.handed_off_at >= waivers.from_at)
            and handoffs.handed_off_at < waivers.until_at
    left join owners
        on handoffs.accountable_owner_id = owners.owner_id
    left join lead_ids
        on waivers.lead = lead_ids.contact_id
    where
        (waivers.lead is null or coalesce(lead_ids.lead_id, waivers.lead) = handoffs.lead_id)
        and (waivers.team is null or waivers.team = handoffs.accountable_team)
        and (waivers.segment is null or waivers.segment = handoffs.segment)
        and (
            waivers.owner is null
            or waivers.owner = handoffs.accountable_owner_id
            or lower(waivers.owner) = lower(owners.email)
        )

)

select * from waived
