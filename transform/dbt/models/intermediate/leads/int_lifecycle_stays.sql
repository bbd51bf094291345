with revisions as (

    select * from {{ ref('int_contact_revisions') }}
    where property = 'lifecyclestage'

),

owners as (

    select * from {{ ref('int_owners') }}
    where user_id is not null

),

-- Values that the agreement does not list, and cleared ones, change no stage.
listed as (

    select
        revisions.lead_id,
        revisions.position,
        revisions.changed_at as entered_at,
        revisions.evidence,
        coalesce(owners.owner_id, revisions.source_type) as changed_by,
        stages.stage,
        stages.stage_rank,
        lag(stages.stage) over (partition by revisions.lead_id order by revisions.position) as stage_before
    from revisions
    inner join {{ source('raw_agreement', 'stage_values') }} as stage_values
        on revisions.value = stage_values.crm_value
    inner join {{ source('raw_agreement', 'stages') }} as stages
        on stage_values.stage = stages.stage
    left join owners
        on revisions.user_id = owners.user_id

),

changes as (

    select
        lead_id,
        position,
        stage,
        stage_rank,
        entered_at,
        evidence,
        changed_by,
        lead(entered_at) over (partition by lead_id order by position) as exited_at,
        lag(stage_rank) over (partition by lead_id order by position) as rank_before,
        row_number() over (partition by lead_id order by position) as stay_number
    from listed
    where stage_before is null or stage_before <> stage

),

stays as (

    select
        lead_id,
        cast(stay_number as integer) as stay_number,
        stage,
        stage_rank,
        entered_at,
        exited_at,
        exited_at is null as is_current,
        case
            when rank_before is null then 'start'
            when stage_rank > rank_before then 'forward'
            else 'backward'
        end as direction,
        case when stage_rank > rank_before then stage_rank - rank_before - 1 else 0 end as skipped_stages,
        changed_by,
        evidence
    from changes

)

select * from stays
