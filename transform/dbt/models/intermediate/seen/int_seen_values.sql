{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    post_hook='{{ forget_unknown_contacts() }}'
) }}

with present_values as (

    select * from {{ ref('int_contact_values') }}

),

history as (

    select * from {{ ref('stg_hubspot__property_history') }}
    where object_type = 'contacts' and property in ('lifecyclestage', 'hs_lead_status', 'hubspot_owner_id')

),

lead_ids as (

    select * from {{ ref('int_changed_contacts') }}

),

run as (

    select * from {{ source('raw_agreement', 'run') }}

),

seen as (

    {{ kept_rows({
        'contact_id': dbt.type_string(),
        'property': dbt.type_string(),
        'nth': dbt.type_int(),
        'value': dbt.type_string(),
        'changed_at': dbt.type_timestamp(),
        'seen_at': dbt.type_timestamp(),
    }) }}

),

known as (

    select
        lead_ids.lead_id,
        history.property,
        history.changed_at,
        0 as nth,
        history.ordinal,
        history.object_id,
        history.value
    from history
    inner join lead_ids
        on history.object_id = lead_ids.contact_id
    union all
    select
        lead_ids.lead_id,
        seen.property,
        seen.changed_at,
        seen.nth,
        0 as ordinal,
        seen.contact_id as object_id,
        seen.value
    from seen
    inner join lead_ids
        on seen.contact_id = lead_ids.contact_id
    cross join run
    where seen.seen_at <= run.as_of

),

ranked as (

    select
        *,
        row_number() over (
            partition by lead_id, property
            order by changed_at desc, nth desc, ordinal desc, length(object_id) desc, object_id desc
        ) as age
    from known

),

counted as (

    select
        contact_id,
        property,
        max(nth) as times
    from seen
    group by contact_id, property

),

-- What the CRM says now and neither its history nor an earlier run does.
unrecorded as (

    select
        present_values.lead_id as contact_id,
        present_values.property,
        present_values.value,
        case
            when ranked.lead_id is null then coalesce(present_values.entered_at, present_values.created_at)
            when present_values.modified_at < ranked.changed_at then ranked.changed_at
            else present_values.modified_at
        end as changed_at,
        case
            when ranked.lead_id is not null then 'current_value'
            when present_values.entered_at is not null then 'date_entered'
            else 'create_date'
        end as evidence
    from present_values
    left join ranked
        on
            present_values.lead_id = ranked.lead_id
            and present_values.property = ranked.property
            and ranked.age = 1
    where coalesce(present_values.value, '') <> coalesce(ranked.value, '')

),

-- After *now* nothing counts: a value that was changed since then is not what it was.
new_values as (

    select
        unrecorded.contact_id,
        unrecorded.property,
        cast(coalesce(counted.times, 0) + 1 as {{ dbt.type_int() }}) as nth,
        unrecorded.value,
        unrecorded.changed_at,
        cast(unrecorded.evidence as {{ dbt.type_string() }}) as evidence,
        run.as_of as seen_at
    from unrecorded
    cross join run
    left join counted
        on
            unrecorded.contact_id = counted.contact_id
            and unrecorded.property = counted.property
    where unrecorded.changed_at <= run.as_of

)

select * from new_values
