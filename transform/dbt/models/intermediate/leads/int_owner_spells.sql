with owners as (

    select * from {{ ref('stg_hubspot__owners') }}

),

spells as (

    select * from {{ ref('int_team_spells') }}

),

owner_teams as (

    select * from {{ ref('int_seen_teams') }}
    where team is not null

),

-- Every way in which the agreement can name an owner.
names as (

    select
        spells.owner_id,
        spells.nth,
        'owner' as scope,
        owners.email as name,
        1 as nearness
    from spells
    inner join owners
        on spells.owner_id = owners.owner_id
    where owners.email is not null
    union all
    select
        owner_id,
        nth,
        'owner' as scope,
        owner_id as name,
        1 as nearness
    from spells
    union all
    select
        owner_id,
        nth,
        'team' as scope,
        lower(team) as name,
        case when is_primary then 2 else 3 end as nearness
    from owner_teams

),

primary_teams as (

    select
        owner_id,
        nth,
        team,
        row_number() over (
            partition by owner_id, nth
            order by case when is_primary then 0 else 1 end, team, team_id
        ) as preference
    from owner_teams

),

departments as (

    select
        names.owner_id,
        names.nth,
        max(case when departments.department = 'sales' then 1 else 0 end) as in_sales
    from names
    inner join {{ source('raw_agreement', 'departments') }} as departments
        on names.scope = departments.scope and names.name = lower(departments.name)
    group by names.owner_id, names.nth

),

signed_departments as (

    select coalesce(max(case when department = 'sales' then 1 else 0 end), 0) as has_sales
    from {{ source('raw_agreement', 'departments') }}

),

nobody as (

    select distinct
        names.owner_id,
        names.nth
    from names
    inner join {{ source('raw_agreement', 'unassigned_owners') }} as unassigned
        on names.scope = unassigned.scope and names.name = lower(unassigned.name)

),

calendars as (

    select
        names.owner_id,
        names.nth,
        owner_calendars.calendar,
        row_number() over (
            partition by names.owner_id, names.nth
            order by names.nearness, owner_calendars.calendar
        ) as preference
    from names
    inner join {{ source('raw_agreement', 'owner_calendars') }} as owner_calendars
        on names.scope = owner_calendars.scope and names.name = lower(owner_calendars.name)

),

described as (

    select
        owners.owner_id,
        spells.nth,
        spells.valid_from,
        spells.valid_until,
        owners.user_id,
        owners.email,
        coalesce(owners.owner_name, owners.email) as owner_name,
        primary_teams.team,
        coalesce(calendars.calendar, 'default') as calendar,
        nobody.owner_id is not null as is_nobody,
        -- Somebody who left may be in no team any more: what they did was sales' unless known otherwise.
        case
            when departments.in_sales = 1 then true
            when departments.in_sales = 0 then false
            when nobody.owner_id is not null or owners.is_deactivated then true
            else signed_departments.has_sales = 0
        end as is_sales,
        owners.deactivated_at
    from owners
    inner join spells
        on owners.owner_id = spells.owner_id
    cross join signed_departments
    left join primary_teams
        on
            spells.owner_id = primary_teams.owner_id
            and spells.nth = primary_teams.nth
            and primary_teams.preference = 1
    left join departments
        on spells.owner_id = departments.owner_id and spells.nth = departments.nth
    left join nobody
        on spells.owner_id = nobody.owner_id and spells.nth = nobody.nth
    left join calendars
        on
            spells.owner_id = calendars.owner_id
            and spells.nth = calendars.nth
            and calendars.preference = 1

)

select * from described
