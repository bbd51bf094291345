with prints as (

    select * from {{ ref('int_lead_prints') }}

),

{% if builds_everything() %}
changed as (

    select lead_id from prints

)
{% else %}
built as (

    select
        leads.*,
        build.as_of
    from {{ source('built', 'leads') }} as leads
    cross join {{ source('built', 'build') }} as build

),

-- Without a change, too, a lead looks different whose clock runs, or of whom something lay ahead of *now*.
changed as (

    select prints.lead_id
    from prints
    left join built
        on prints.lead_id = built.lead_id
    where
        built.lead_id is null
        or prints.print <> built.print
        or built.is_waiting
        or built.stamped_until > built.as_of
    union all
    select built.lead_id
    from built
    left join prints
        on built.lead_id = prints.lead_id
    where prints.lead_id is null

)
{% endif %}

select * from changed
