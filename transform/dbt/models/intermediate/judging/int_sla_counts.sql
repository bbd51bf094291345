with promised as (

    select * from {{ ref('int_sla_promised') }}

),

-- Of whom counts together, the first counts: somebody else's change may make a lead count, or no longer.
ranked as (

    select
        *,
        row_number() over (
            partition by agreement_version, commitment, counted_once
            order by happened_at, lead_id
        ) as nth
    from promised
    where counted_once is not null

),

counted as (

    select
        agreement_version,
        commitment,
        lead_id,
        happened_at,
        amount,
        segment,
        source,
        lead_type,
        owner_id,
        team
    from promised
    where counted_once is null
    union all
    select
        agreement_version,
        commitment,
        lead_id,
        happened_at,
        amount,
        segment,
        source,
        lead_type,
        owner_id,
        team
    from ranked
    where nth = 1

)

select * from counted
