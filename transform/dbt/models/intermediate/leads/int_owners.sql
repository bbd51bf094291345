with spells as (

    select * from {{ ref('int_owner_spells') }}

),

present as (

    select
        owner_id,
        user_id,
        email,
        owner_name,
        team,
        calendar,
        is_nobody,
        is_sales,
        deactivated_at
    from spells
    where valid_until is null

)

select * from present
