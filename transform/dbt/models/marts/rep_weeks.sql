with weeks as (

    select * from {{ source('raw_agreement', 'periods') }}
    where period = 'week'

),

handoffs as (

    select * from {{ ref('int_counted_handoffs') }}
    where accountable_owner_id is not null

),

responses as (

    select * from {{ ref('int_sla_handoffs') }}
    where measure = 'respond'

),

deals as (

    select * from {{ ref('int_counted_deals') }}
    where owner_id is not null

),

handed_over as (

    select
        handoffs.handed_off_at as happened_at,
        handoffs.accountable_owner_id as owner_id,
        1 as handoffs,
        case when responses.status = 'met' then 1 else 0 end as met,
        case when responses.status = 'breached' then 1 else 0 end as breached,
        case when handoffs.verdict = 'accepted' then 1 else 0 end as accepted,
        case
            when responses.status = 'breached' and handoffs.first_touch_at is null and handoffs.verdict = 'pending'
                then 1
            else 0
        end as overdue_now,
        0 as pipeline,
        0 as won
    from handoffs
    left join responses
        on handoffs.handoff_id = responses.handoff_id

),

happened as (

    select * from handed_over
    union all
    select created_at as happened_at, owner_id, 0, 0, 0, 0, 0, amount as pipeline, 0 as won
    from deals
    union all
    select closed_at as happened_at, owner_id, 0, 0, 0, 0, 0, 0 as pipeline, amount as won
    from deals
    where is_won

),

weekly as (

    select
        weeks.period_start as week,
        happened.owner_id,
        cast(sum(happened.handoffs) as {{ dbt.type_bigint() }}) as handoffs,
        cast(sum(happened.met) as {{ dbt.type_bigint() }}) as met,
        cast(sum(happened.breached) as {{ dbt.type_bigint() }}) as breached,
        cast(sum(happened.accepted) as {{ dbt.type_bigint() }}) as accepted,
        cast(sum(happened.overdue_now) as {{ dbt.type_bigint() }}) as overdue_now,
        cast(sum(happened.pipeline) as decimal(28, 6)) as pipeline,
        cast(sum(happened.won) as decimal(28, 6)) as won
    from happened
    inner join weeks
        on
            happened.happened_at >= weeks.starts_at
            and happened.happened_at < weeks.ends_at
    group by weeks.period_start, happened.owner_id

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
    left join {{ ref('int_owners') }} as owners
        on weekly.owner_id = owners.owner_id

)

select * from in_teams
