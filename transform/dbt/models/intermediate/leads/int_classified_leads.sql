with leads as (

    select
        leads.*,
        run.as_of
    from {{ ref('int_leads') }} as leads
    cross join {{ source('raw_agreement', 'run') }} as run

),

-- One step after the other: what is decided in one may be asked about in the next.
with_segment as (

    select
        leads.*,
        {{ first_match(var('segments')) }} as segment
    from leads

),

with_lead_type as (

    select
        with_segment.*,
        {{ first_match(var('lead_types')) }} as lead_type
    from with_segment

),

with_exclusion as (

    select
        with_lead_type.*,
        {{ first_match(var('exclusions')) }} as excluded_because
    from with_lead_type

)

select * from with_exclusion
