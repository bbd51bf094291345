with weeks as (

    select * from {{ source('raw_agreement', 'periods') }}
    where period = 'week'

),

events as (

    select * from {{ ref('int_rep_events') }}

),

owners as (

    select * from {{ ref('int_owner_spells') }}

),

run as (

    select * from {{ source('raw_agreement', 'run') }}

),

weekly as (

    select
        weeks.period_start as week,
        weeks.ends_at,
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
    group by weeks.period_start, weeks.ends_at, events.owner_id

),

-- The team in which the week ended, or now, while it runs.
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
    cross join run
    left join owners
        on
            weekly.owner_id = owners.owner_id
            and (
                owners.valid_from is null
                or (weekly.ends_at > owners.valid_from and run.as_of >= owners.valid_from)
            )
            and (
                owners.valid_until is null
                or weekly.ends_at <= owners.valid_until
                or run.as_of < owners.valid_until
            )

)

select * from in_teams
