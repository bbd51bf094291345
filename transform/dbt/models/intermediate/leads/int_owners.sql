with spells as (

    select * from {{ ref('int_owner_spells') }}

),

present as (

    select
        owner_id,
        -- A user who was removed and taken on again may have two owners: what they do is the working one's.
        case
            when row_number() over (
                partition by user_id
                order by case when deactivated_at is null then 0 else 1 end, length(owner_id), owner_id
            ) = 1 then user_id
        end as user_id,
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
