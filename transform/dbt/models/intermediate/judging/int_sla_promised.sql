with facts as (

    select * from {{ ref('int_sla_facts') }}
    {{ of_tonights_leads() }}

),

commitments as (

    select
        *,
        case measure
            when 'deliver_value' then 'created'
            when 'convert_value' then 'won'
            else 'entry'
        end as kind
    from {{ source('raw_agreement', 'commitments') }}
    where measure in ('deliver', 'deliver_value', 'convert', 'convert_value')

),

conditions as (

    select * from {{ ref('int_fitting_leads') }}

),

promised as (

    select
        commitments.version as agreement_version,
        commitments.commitment,
        facts.lead_id,
        facts.happened_at,
        facts.amount,
        facts.segment,
        facts.source,
        facts.lead_type,
        facts.owner_id,
        facts.team,
        case
            when facts.kind = 'entry' and commitments.count_by = 'companies'
                then coalesce('company ' || facts.company_id, 'lead ' || facts.lead_id)
        end as counted_once
    from facts
    inner join commitments
        on
            facts.kind = commitments.kind
            and (facts.kind <> 'entry' or facts.stage = commitments.stage)
    left join conditions
        on
            commitments.version = conditions.version
            and commitments.commitment = conditions.commitment
            and facts.lead_id = conditions.lead_id
    where not commitments.is_conditional or conditions.lead_id is not null

)

select * from promised
