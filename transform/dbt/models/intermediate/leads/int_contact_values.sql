with contacts as (

    select * from {{ ref('int_contacts') }}

),

present_values as (

    select
        lead_id,
        cast('lifecyclestage' as {{ dbt.type_string() }}) as property,
        lifecycle_value as value,
        created_at,
        modified_at,
        lifecycle_entered_at as entered_at
    from contacts
    union all
    select
        lead_id,
        cast('hs_lead_status' as {{ dbt.type_string() }}) as property,
        lead_status as value,
        created_at,
        modified_at,
        cast(null as {{ dbt.type_timestamp() }}) as entered_at
    from contacts
    union all
    select
        lead_id,
        cast('hubspot_owner_id' as {{ dbt.type_string() }}) as property,
        owner_id as value,
        created_at,
        modified_at,
        owner_assigned_at as entered_at
    from contacts

)

select * from present_values
