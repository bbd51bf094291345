with weeks as (

    select * from {{ source('raw_agreement', 'periods') }}
    where period = 'week'

),

events as (

    select * from {{ ref('int_rep_events') }}

),

owners as (

    select * from {{ ref('int_owners') }}

),

weekly as (

    select
        weeks.period_start as week,
        events.owner_id,
        cast(sum(events.handoffs) as {{ dbt.type_bigint() }}) as handoffs,
        cast(sum(events.met) as {{ dbt.type_bigint() }}) as met,
        cast(sum(events.breached) as {{ dbt.type_bigint() }}) as breached,
        cast(sum(events.accepted) as {{ dbt.type_bigint() }}) as accepted,
        cast(sum(events.overdue_now) as {{ dbt.type_bigint() }}) as overdue_now,
        cast(sum(events.pipeline) as decimal(28, 6)) as pipeline,
        cast(sum(events.won) as decimal(28, 6)) as won
    from events
    inner join weeks
        on
            events.happened_at >= weeks.starts_at
            and events.happened_at < weeks.ends_at
    group by weeks.period_start, events.owner_id

),

in_teams as (

    select
        weekly.week,
        weekly.owner_id,
        owners.team,
        weekly.handoffs,
        weekly.met,
        weekly.breached,
        weekly.accepted,
        weekly.overdue_now,
        weekly.pipeline,
        weekly.won
    from weekly
    left join owners
        on weekly.owner_id = owners.owner_id

)

select * from in_teams
