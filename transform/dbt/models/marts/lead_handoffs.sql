{%- set promises = {'follow_up': 'follow_up', 'decide': 'verdict', 'assign': 'routing'} -%}

with handoffs as (

    select * from {{ ref('int_handoffs') }}

),

verdicts as (

    select * from {{ ref('int_handoff_verdicts') }}

),

owners as (

    select * from {{ ref('int_handoff_owners') }}

),

accountable as (

    select * from {{ ref('int_handoff_accountable') }}

),

first_touches as (

    select * from {{ ref('int_handoff_first_touches') }}

),

minutes as (

    select * from {{ ref('int_handoff_minutes') }}

),

responses as (

    select * from {{ ref('int_handoff_responses') }}

),

follow_ups as (

    select * from {{ ref('int_handoff_follow_ups') }}

),

outcomes as (

    select * from {{ ref('int_handoff_outcomes') }}

),

promises as (

    select
        {% for measure, name in promises.items() %}
        max(case when measure = '{{ measure }}' then commitment end) as {{ name }}_commitment,
        max(case when measure = '{{ measure }}' then due_at end) as {{ name }}_due_at,
        max(case when measure = '{{ measure }}' then status end) as {{ name }}_status,
        {% endfor %}
        handoff_id
    from {{ ref('int_handoff_promises') }}
    group by handoff_id

),

reasons as (

    select * from {{ ref('int_handoff_reasons') }}

),

joined as (

    select
        handoffs.handoff_id,
        handoffs.lead_id,
        handoffs.handed_off_at,
        owners.assigned_at,
        minutes.routing_minutes,
        owners.owner_id,
        owners.owner_team,
        accountable.accountable_owner_id,
        accountable.accountable_team,
        handoffs.segment,
        handoffs.source,
        handoffs.lead_type,
        handoffs.excluded_because,
        handoffs.agreement_version,
        responses.commitment as response_commitment,
        first_touches.first_touch_at,
        first_touches.first_touch_medium,
        minutes.response_minutes,
        responses.due_at as response_due_at,
        responses.response_status,
        cast(coalesce(follow_ups.attempts, 0) as {{ dbt.type_bigint() }}) as attempts,
        cast(coalesce(first_touches.late_touches, 0) as {{ dbt.type_bigint() }}) as late_touches,
        {% for name in promises.values() %}
        promises.{{ name }}_commitment,
        promises.{{ name }}_due_at,
        promises.{{ name }}_status,
        {% endfor %}
        coalesce(verdicts.verdict, 'pending') as verdict,
        verdicts.verdict_at,
        verdicts.verdict_by,
        reasons.verdict_reason,
        outcomes.opportunity_at,
        outcomes.customer_at,
        cast(outcomes.won_amount as {{ type_amount() }}) as won_amount
    from handoffs
    inner join owners
        on handoffs.handoff_id = owners.handoff_id
    inner join minutes
        on handoffs.handoff_id = minutes.handoff_id
    inner join outcomes
        on handoffs.handoff_id = outcomes.handoff_id
    left join verdicts
        on handoffs.handoff_id = verdicts.handoff_id
    left join accountable
        on handoffs.handoff_id = accountable.handoff_id
    left join first_touches
        on handoffs.handoff_id = first_touches.handoff_id
    left join responses
        on handoffs.handoff_id = responses.handoff_id
    left join follow_ups
        on handoffs.handoff_id = follow_ups.handoff_id
    left join promises
        on handoffs.handoff_id = promises.handoff_id
    left join reasons
        on handoffs.handoff_id = reasons.handoff_id

)

select * from joined
