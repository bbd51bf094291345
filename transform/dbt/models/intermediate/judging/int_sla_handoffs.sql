{%- set clocks = {
    'respond': ('response_commitment', 'response_status'),
    'follow_up': ('follow_up_commitment', 'follow_up_status'),
    'decide': ('verdict_commitment', 'verdict_status'),
    'assign': ('routing_commitment', 'routing_status'),
} -%}

with counted as (

    select * from {{ ref('int_counted_handoffs') }}
    {{ of_tonights_leads() }}

),

accepted_commitments as (

    select * from {{ source('raw_agreement', 'commitments') }}
    where measure = 'accepted'

),

conditions as (

    select * from {{ ref('int_fitting_leads') }}

),

on_a_clock as (

    {% for measure, (commitment, status) in clocks.items() %}
    select
        handoff_id,
        cast('{{ measure }}' as {{ dbt.type_string() }}) as measure,
        {{ commitment }} as commitment,
        {{ status }} as status
    from counted
    where {{ commitment }} is not null
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

on_acceptance as (

    select
        counted.handoff_id,
        cast('accepted' as {{ dbt.type_string() }}) as measure,
        accepted_commitments.commitment,
        case
            when counted.verdict = 'accepted' then 'met'
            when counted.verdict = 'rejected' then 'breached'
            when counted.verdict = 'recycled' then 'not_required'
            when counted.verdict_status = 'open' then 'open'
            else 'undecided'
        end as status
    from counted
    inner join accepted_commitments
        on counted.agreement_version = accepted_commitments.version
    left join conditions
        on
            accepted_commitments.version = conditions.version
            and accepted_commitments.commitment = conditions.commitment
            and counted.lead_id = conditions.lead_id
    where not accepted_commitments.is_conditional or conditions.lead_id is not null

),

judged as (

    select * from on_a_clock
    union all
    select * from on_acceptance

),

unwaived as (

    select
        judged.*,
        counted.lead_id,
        counted.handed_off_at,
        counted.agreement_version,
        counted.segment,
        counted.source,
        counted.lead_type,
        counted.accountable_owner_id as owner_id,
        counted.accountable_team as team,
        judged.status = 'open'
        or (judged.status = 'unassigned' and counted.verdict = 'pending') as is_waiting
    from judged
    inner join counted
        on judged.handoff_id = counted.handoff_id
    left join {{ ref('int_sla_waived') }} as waived
        on
            judged.handoff_id = waived.handoff_id
            and judged.commitment = waived.commitment
    where waived.handoff_id is null

)

select * from unwaived
