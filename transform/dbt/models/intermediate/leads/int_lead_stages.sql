with stays as (

    select * from {{ ref('int_lifecycle_stays') }}

),

lead_stages as (

    select
        lead_id,
        {% for stage in var('stages') %}
        min(case when stage_rank >= {{ loop.index }} then entered_at end) as became_{{ stage }}_at,
        {% endfor %}
        max(case when is_current then stage end) as stage,
        max(case when is_current then stage_rank end) as stage_rank,
        max(case when is_current then entered_at end) as stage_since
    from stays
    group by lead_id

)

select * from lead_stages
