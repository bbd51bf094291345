{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

{%- set one_team = "team_id || '=' || team || case when is_primary then '!' else '' end" -%}
{%- set as_one = dbt.listagg(one_team, "';'", 'order by team_id') %}

with owners as (

    select * from {{ ref('stg_hubspot__owners') }}

),

owner_teams as (

    select * from {{ ref('stg_hubspot__owner_teams') }}
    where team is not null

),

run as (

    select * from {{ source('raw_agreement', 'run') }}

),

seen as (

    {{ kept_rows({
        'owner_id': dbt.type_string(),
        'nth': dbt.type_int(),
        'team_id': dbt.type_string(),
        'team': dbt.type_string(),
        'is_primary': dbt.type_boolean(),
        'seen_at': dbt.type_timestamp(),
    }) }}

),

newest as (

    select
        seen.owner_id,
        seen.nth,
        seen.team_id,
        seen.team,
        seen.is_primary,
        dense_rank() over (partition by seen.owner_id order by seen.seen_at desc, seen.nth desc) as age
    from seen
    cross join run
    where seen.seen_at <= run.as_of

),

known as (

    select
        owner_id,
        {{ as_one }} as teams
    from newest
    where age = 1
    group by owner_id

),

present as (

    select
        owner_id,
        {{ as_one }} as teams
    from owner_teams
    group by owner_id

),

counted as (

    select
        owner_id,
        max(nth) as times
    from seen
    group by owner_id

),

-- All of an owner's teams anew whenever one of them is different; one row without a team for whom has none.
new_teams as (

    select
        owners.owner_id,
        cast(coalesce(counted.times, 0) + 1 as {{ dbt.type_int() }}) as nth,
        owner_teams.team_id,
        owner_teams.team,
        owner_teams.is_primary,
        run.as_of as seen_at
    from owners
    cross join run
    left join owner_teams
        on owners.owner_id = owner_teams.owner_id
    left join known
        on owners.owner_id = known.owner_id
    left join present
        on owners.owner_id = present.owner_id
    left join counted
        on owners.owner_id = counted.owner_id
    where known.owner_id is null or coalesce(known.teams, '') <> coalesce(present.teams, '')

)

select * from new_teams
