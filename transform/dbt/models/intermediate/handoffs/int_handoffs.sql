with stays as (

    select * from {{ ref('int_lifecycle_stays') }}

),

leads as (

    select * from {{ ref('int_classified_leads') }}

),

versions as (

    select * from {{ source('raw_agreement', 'versions') }}

),

-- Born there counts as well; jumping over it, or falling back into it from above, does not.
entries as (

    select
        lead_id,
        stay_number,
        entered_at as handed_off_at,
        lead(stay_number) over (partition by lead_id order by stay_number) as next_stay_number,
        lead(entered_at) over (partition by lead_id order by stay_number) as next_handed_off_at,
        row_number() over (partition by lead_id, entered_at order by stay_number) as nth_of_instant
    from stays
    where stage = 'marketing_qualified_lead' and direction in ('start', 'forward')

),

handoffs as (

    select
        entries.lead_id
        || '-' || cast({{ epoch_ms('entries.handed_off_at') }} as {{ dbt.type_string() }})
        || case
            when entries.nth_of_instant > 1
                then '-' || cast(entries.nth_of_instant as {{ dbt.type_string() }})
            else ''
        end as handoff_id,
        entries.lead_id,
        entries.stay_number,
        entries.next_stay_number,
        entries.handed_off_at,
        entries.next_handed_off_at,
        leads.segment,
        leads.source,
        leads.lead_type,
        leads.excluded_because,
        versions.version as agreement_version
    from entries
    inner join leads
        on entries.lead_id = leads.lead_id
    left join versions
        on
            entries.handed_off_at >= versions.effective_from
            and (versions.effective_to is null or entries.handed_off_at < versions.effective_to)

)

select * from handoffs
