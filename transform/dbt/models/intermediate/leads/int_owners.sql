with owners as (

    select * from {{ ref('stg_hubspot__owners') }}

),

owner_teams as (

    select * from {{ ref('stg_hubspot__owner_teams') }}

),

-- Every way in which the agreement can name an owner.
names as (

    select
        owner_id,
        'owner' as scope,
        email as name,
        1 as nearness
    from owners
    where email is not null
    union all
    select
        owner_id,
        'owner' as scope,
        owner_id as name,
        1 as nearness
    from owners
    union all
    select
        owner_id,
        'team' as scope,
        lower(team) as name,
        case when is_primary then 2 else 3 end as nearness
    from owner_teams
    where team is not null

),

primary_teams as (

    select
        owner_id,
        team,
        row_number() over (
            partition by owner_id
            order by case when is_primary then 0 else 1 end, team, team_id
        ) as preference
    from owner_teams
    where team is not null

),

departments as (

    select
        names.owner_id,
        max(case when departments.department = 'sales' then 1 else 0 end) as in_sales
    from names
    inner join {{ source('raw_agreement', 'departments') }} as departments
        on names.scope = departments.scope and names.name = lower(departments.name)
    group by names.owner_id

),

signed_departments as (

    select coalesce(max(case when department = 'sales' then 1 else 0 end), 0) as has_sales
    from {{ source('raw_agreement', 'departments') }}

),

nobody as (

    select distinct names.owner_id
    from names
    inner join {{ source('raw_agreement', 'unassigned_owners') }} as unassigned
        on names.scope = unassigned.scope and names.name = lower(unassigned.name)

),

calendars as (

    select
        names.owner_id,
        owner_calendars.calendar,
        row_number() over (
            partition by names.owner_id
            order by names.nearness, owner_calendars.calendar
        ) as preference
    from names
    inner join {{ source('raw_agreement', 'owner_calendars') }} as owner_calendars
        on names.scope = owner_calendars.scope and names.name = lower(owner_calendars.name)

),

described as (

    select
        owners.owner_id,
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
    cross join signed_departments
    left join primary_teams
        on owners.owner_id = primary_teams.owner_id and primary_teams.preference = 1
    left join departments
        on owners.owner_id = departments.owner_id
    left join nobody
        on owners.owner_id = nobody.owner_id
    left join calendars
        on owners.owner_id = calendars.owner_id and calendars.preference = 1

)

select * from described
