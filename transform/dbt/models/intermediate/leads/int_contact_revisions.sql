with history as (

    select * from {{ ref('stg_hubspot__property_history') }}
    where object_type = 'contacts' and property in ('lifecyclestage', 'hs_lead_status', 'hubspot_owner_id')

),

seen_values as (

    select * from {{ ref('int_seen_values') }}

),

lead_ids as (

    select * from {{ ref('int_changed_contacts') }}

),

present_values as (

    select * from {{ ref('int_contact_values') }}

),

run as (

    select * from {{ source('raw_agreement', 'run') }}

),

told as (

    select distinct
        object_id,
        property
    from history

),

-- An instant that was guessed for want of a history gives way to the history, and to a better guess.
seen as (

    select
        seen_values.*,
        case
            when coalesce(seen_values.value, '') <> coalesce(present_values.value, '') then 'snapshot'
            when seen_values.evidence = 'current_value' then 'current_value'
            when present_values.entered_at is not null then 'date_entered'
            else 'create_date'
        end as present_evidence,
        coalesce(present_values.entered_at, present_values.created_at) as guessed_at
    from seen_values
    cross join run
    left join present_values
        on
            seen_values.contact_id = present_values.lead_id
            and seen_values.property = present_values.property
    left join told
        on
            seen_values.contact_id = told.object_id
            and seen_values.property = told.property
    where
        seen_values.seen_at <= run.as_of
        and (seen_values.evidence = 'current_value' or told.object_id is null)

),

evidenced as (

    select
        object_id,
        property,
        changed_at,
        0 as nth,
        ordinal,
        value,
        source_type,
        user_id,
        cast('history' as {{ dbt.type_string() }}) as evidence
    from history
    union all
    select
        contact_id as object_id,
        property,
        case
            when present_evidence in ('date_entered', 'create_date') then guessed_at
            else changed_at
        end as changed_at,
        nth,
        0 as ordinal,
        value,
        cast(null as {{ dbt.type_string() }}) as source_type,
        cast(null as {{ dbt.type_string() }}) as user_id,
        cast(present_evidence as {{ dbt.type_string() }}) as evidence
    from seen

),

in_order as (

    select
        lead_ids.lead_id,
        evidenced.property,
        evidenced.changed_at,
        evidenced.value,
        evidenced.source_type,
        evidenced.user_id,
        evidenced.evidence,
        row_number() over (
            partition by lead_ids.lead_id, evidenced.property
            order by
                evidenced.changed_at, evidenced.nth, evidenced.ordinal,
                length(evidenced.object_id), evidenced.object_id
        ) as position
    from evidenced
    inner join lead_ids
        on evidenced.object_id = lead_ids.contact_id
    cross join run
    where evidenced.changed_at <= run.as_of

)

select * from in_order
