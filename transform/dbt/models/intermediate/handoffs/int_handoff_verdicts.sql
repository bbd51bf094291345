with handoffs as (

    select * from {{ ref('int_handoffs') }}

),

stays as (

    select * from {{ ref('int_lifecycle_stays') }}

),

statuses as (

    select
        revisions.*,
        verdict_statuses.verdict,
        coalesce(owners.owner_id, revisions.source_type) as changed_by
    from {{ ref('int_contact_revisions') }} as revisions
    inner join {{ source('raw_agreement', 'verdict_statuses') }} as verdict_statuses
        on revisions.value = verdict_statuses.lead_status
    left join {{ ref('int_owners') }} as owners
        on revisions.user_id = owners.user_id
    where revisions.property = 'hs_lead_status'

),

ranks as (

    select
        max(case when stage = 'marketing_qualified_lead' then stage_rank end) as handoff_rank,
        max(case when stage = '{{ var("accepted_stage") }}' then stage_rank end) as accepted_rank
    from {{ source('raw_agreement', 'stages') }}

),

by_stage as (

    select
        handoffs.handoff_id,
        case when stays.stage_rank < ranks.handoff_rank then 'rejected' else 'accepted' end as verdict,
        stays.entered_at as verdict_at,
        stays.changed_by as verdict_by,
        case when stays.stage_rank < ranks.handoff_rank then 3 else 1 end as precedence,
        stays.stay_number as position
    from handoffs
    inner join stays
        on
            handoffs.lead_id = stays.lead_id
            and handoffs.stay_number < stays.stay_number
            and (handoffs.next_stay_number is null or handoffs.next_stay_number > stays.stay_number)
    cross join ranks
    where stays.stage_rank < ranks.handoff_rank or stays.stage_rank >= ranks.accepted_rank

),

by_status as (

    select
        handoffs.handoff_id,
        statuses.verdict,
        statuses.changed_at as verdict_at,
        statuses.changed_by as verdict_by,
        case when statuses.verdict = 'accepted' then 1 else 2 end as precedence,
        statuses.position
    from handoffs
    inner join statuses
        on
            handoffs.lead_id = statuses.lead_id
            and handoffs.handed_off_at <= statuses.changed_at
            and (handoffs.next_handed_off_at is null or handoffs.next_handed_off_at > statuses.changed_at)

),

said as (

    select * from by_stage
    union all
    select * from by_status

),

-- The first one is final. In one millisecond acceptance comes first, and a status before a mere fall.
ranked as (

    select
        *,
        row_number() over (
            partition by handoff_id
            order by verdict_at, precedence, position
        ) as place
    from said

),

verdicts as (

    select
        handoff_id,
        verdict,
        verdict_at,
        verdict_by
    from ranked
    where place = 1

)

select * from verdicts
