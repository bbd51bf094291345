with revisions as (

    select * from {{ ref('int_contact_revisions') }}
    where property = 'hubspot_owner_id'

),

owners as (

    select * from {{ ref('int_owners') }}

),

periods as (

    select
        revisions.lead_id,
        revisions.position,
        revisions.value as named_owner_id,
        revisions.changed_at as owned_from,
        lead(revisions.changed_at) over (
            partition by revisions.lead_id
            order by revisions.position
        ) as owned_until
    from revisions

),

-- A queue is nobody, and so is a user from the moment they were deactivated.
by_somebody as (

    select
        periods.lead_id,
        periods.position,
        periods.named_owner_id as owner_id,
        periods.owned_from,
        case
            when owners.deactivated_at is null then periods.owned_until
            when periods.owned_until <= owners.deactivated_at then periods.owned_until
            else owners.deactivated_at
        end as owned_until
    from periods
    left join owners
        on periods.named_owner_id = owners.owner_id
    where
        periods.named_owner_id is not null
        and not coalesce(owners.is_nobody, false)
        and (owners.deactivated_at is null or periods.owned_from < owners.deactivated_at)

)

select * from by_somebody
