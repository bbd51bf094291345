with seen_teams as (

    select * from {{ ref('int_seen_teams') }}

),

run as (

    select * from {{ source('raw_agreement', 'run') }}

),

changes as (

    select
        seen_teams.owner_id,
        seen_teams.seen_at,
        max(seen_teams.nth) as nth
    from seen_teams
    cross join run
    where seen_teams.seen_at <= run.as_of
    group by seen_teams.owner_id, seen_teams.seen_at

),

-- Nobody saw what was before the first time: it is taken to have been the same.
spells as (

    select
        owner_id,
        nth,
        case
            when row_number() over (partition by owner_id order by seen_at) > 1 then seen_at
        end as valid_from,
        lead(seen_at) over (partition by owner_id order by seen_at) as valid_until
    from changes

)

select * from spells
