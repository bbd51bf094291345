with history as (

    select * from {{ ref('stg_hubspot__property_history') }}
    where object_type = 'contacts' and property in ('lifecyclestage', 'hs_lead_status', 'hubspot_owner_id')

),

lead_ids as (

    select * from {{ ref('int_lead_ids') }}

),

present_values as (

    select * from {{ ref('int_contact_values') }}

),

run as (

    select * from {{ source('raw_agreement', 'run') }}

),

revisions as (

    select
        lead_ids.lead_id,
        history.*,
        row_number() over (
            partition by lead_ids.lead_id, history.property
            order by
                history.changed_at desc, history.ordinal desc,
                length(history.object_id) desc, history.object_id desc
        ) as age
    from history
    inner join lead_ids
        on history.object_id = lead_ids.contact_id

),

newest_revisions as (

    select * from revisions
    where age = 1

),

-- What the CRM says now and its history does not. After *now* nothing counts: a value that was changed
-- since then is not what it was, and its newest revision is.
unrecorded as (

    select
        present_values.lead_id,
        present_values.property,
        case
            when newest_revisions.lead_id is null
                then coalesce(present_values.entered_at, present_values.created_at)
            when present_values.modified_at < newest_revisions.changed_at then newest_revisions.changed_at
            else present_values.modified_at
        end as changed_at,
        present_values.value,
        case
            when newest_revisions.lead_id is not null then 'current_value'
            when present_values.entered_at is not null then 'date_entered'
            else 'create_date'
        end as evidence
    from present_values
    left join newest_revisions
        on
            present_values.lead_id = newest_revisions.lead_id
            and present_values.property = newest_revisions.property
    where
        coalesce(present_values.value, '') <> coalesce(newest_revisions.value, '')

),

evidenced as (

    select
        lead_id,
        property,
        changed_at,
        -age as recency,
        value,
        source_type,
        user_id,
        cast('history' as {{ dbt.type_string() }}) as evidence
    from revisions
    union all
    select
        lead_id,
        property,
        changed_at,
        0 as recency,
        value,
        cast(null as {{ dbt.type_string() }}) as source_type,
        cast(null as {{ dbt.type_string() }}) as user_id,
        cast(evidence as {{ dbt.type_string() }}) as evidence
    from unrecorded

),

in_order as (

    select
        evidenced.lead_id,
        evidenced.property,
        evidenced.changed_at,
        evidenced.value,
        evidenced.source_type,
        evidenced.user_id,
        evidenced.evidence,
        row_number() over (
            partition by evidenced.lead_id, evidenced.property
            order by evidenced.changed_at, evidenced.recency
        ) as position
    from evidenced
    cross join run
    where evidenced.changed_at <= run.as_of

)

select * from in_order
