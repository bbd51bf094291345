with handoffs as (

    select * from {{ ref('int_handoffs') }}

),

commitments as (

    select * from {{ source('raw_agreement', 'commitments') }}
    where measure in ('respond', 'follow_up', 'decide', 'assign')

),

conditions as (

    select * from {{ ref('int_fitting_leads') }}

),

-- Where several fit, the first one listed counts.
fitting as (

    select
        handoffs.handoff_id,
        commitments.measure,
        commitments.commitment,
        commitments.clock_starts,
        commitments.within_amount,
        commitments.within_unit,
        commitments.attempts,
        commitments.across_days,
        row_number() over (
            partition by handoffs.handoff_id, commitments.measure
            order by commitments.position
        ) as place
    from handoffs
    inner join commitments
        on handoffs.agreement_version = commitments.version
    left join conditions
        on
            commitments.version = conditions.version
            and commitments.commitment = conditions.commitment
            and handoffs.lead_id = conditions.lead_id
    where not commitments.is_conditional or conditions.lead_id is not null

),

chosen as (

    select
        handoff_id,
        measure,
        commitment,
        clock_starts,
        within_amount,
        within_unit,
        attempts,
        across_days
    from fitting
    where place = 1

)

select * from chosen
