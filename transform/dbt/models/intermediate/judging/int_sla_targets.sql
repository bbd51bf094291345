with periods as (

    select * from {{ ref('int_sla_periods') }}

),

targets as (

    select * from {{ source('raw_agreement', 'commitment_targets') }}

),

owners as (

    select
        lower(email) as email,
        min(owner_id) as owner_id
    from {{ ref('int_owners') }}
    where email is not null
    group by lower(email)

),

in_force as (

    select
        periods.agreement_version,
        periods.commitment,
        periods.period_start,
        coalesce('owner=' || owners.owner_id, targets.slice) as slice,
        targets.target
    from periods
    inner join targets
        on
            periods.agreement_version = targets.version
            and periods.commitment = targets.commitment
            and (targets.period_key is null or periods.period_key = targets.period_key)
    left join owners
        on lower(targets.slice) = 'owner=' || owners.email

)

select * from in_force
