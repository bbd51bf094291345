with handoffs as (

    select
        handoffs.handoff_id,
        handoffs.lead_id,
        handoffs.handed_off_at,
        handoffs.next_handed_off_at,
        coalesce(verdicts.verdict_at, run.as_of) as assigned_by
    from {{ ref('int_handoffs') }} as handoffs
    left join {{ ref('int_handoff_verdicts') }} as verdicts
        on handoffs.handoff_id = verdicts.handoff_id
    cross join {{ source('raw_agreement', 'run') }} as run

),

owner_periods as (

    select * from {{ ref('int_owner_periods') }}

),

owners as (

    select * from {{ ref('int_owner_spells') }}

),

-- Whoever owned the lead at the handoff, or was the first to be assigned before the verdict.
candidates as (

    select
        handoffs.handoff_id,
        owner_periods.owner_id,
        case
            when owner_periods.owned_from <= handoffs.handed_off_at then handoffs.handed_off_at
            else owner_periods.owned_from
        end as assigned_at,
        row_number() over (
            partition by handoffs.handoff_id
            order by owner_periods.owned_from, owner_periods.position
        ) as place
    from handoffs
    inner join owner_periods
        on
            handoffs.lead_id = owner_periods.lead_id
            and handoffs.assigned_by >= owner_periods.owned_from
            and (owner_periods.owned_until is null or handoffs.handed_off_at < owner_periods.owned_until)
            and (owner_periods.owned_until is null or owner_periods.owned_until > owner_periods.owned_from)

),

first_owners as (

    select
        handoffs.handoff_id,
        candidates.owner_id,
        candidates.assigned_at,
        owners.team as owner_team,
        coalesce(owners.calendar, 'default') as calendar
    from handoffs
    left join candidates
        on handoffs.handoff_id = candidates.handoff_id and candidates.place = 1
    left join owners
        on
            candidates.owner_id = owners.owner_id
            and (owners.valid_from is null or candidates.assigned_at >= owners.valid_from)
            and (owners.valid_until is null or candidates.assigned_at < owners.valid_until)

)

select * from first_owners
