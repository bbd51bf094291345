{%- set rules = var('quarantine_rules') -%}

with leads as (

    select * from {{ ref('int_classified_leads') }}
    where excluded_because is null and not is_archived

),

entry_values as (

    select * from {{ ref('int_entry_values') }}

),

lead_ids as (

    select * from {{ ref('int_lead_ids') }}

),

run as (

    select * from {{ source('raw_agreement', 'run') }}

),

-- A waiver for a lead that was merged into another since holds for that one.
waived as (

    select distinct
        waivers.version,
        waivers.rule,
        coalesce(lead_ids.lead_id, waivers.lead) as lead_id
    from {{ source('raw_agreement', 'waivers') }} as waivers
    cross join run
    left join lead_ids
        on waivers.lead = lead_ids.contact_id
    where
        waivers.rule is not null
        and (waivers.from_at is null or waivers.from_at <= run.as_of)
        and waivers.until_at > run.as_of

),

-- A condition that is null is broken.
broken as (

    {% for rule in rules %}
    select
        judged.lead_id,
        {{ rule.position }} as position,
        cast('{{ rule.version | replace("'", "''") }}' as {{ dbt.type_string() }}) as version,
        cast('{{ rule.rule }}' as {{ dbt.type_string() }}) as rule
    from (
        {{ judged_by(rule) }}
    ) as judged
    where not coalesce(({{ rule.sql }}), 1 = 0)
    {% if not loop.last %}union all{% endif %}
    {% else %}
    select
        lead_id,
        0 as position,
        cast(null as {{ dbt.type_string() }}) as version,
        cast(null as {{ dbt.type_string() }}) as rule
    from leads
    where 1 = 0
    {% endfor %}

),

in_order as (

    select
        broken.lead_id,
        broken.rule,
        row_number() over (partition by broken.lead_id order by broken.position) as place
    from broken
    left join waived
        on
            broken.version = waived.version
            and broken.rule = waived.rule
            and broken.lead_id = waived.lead_id
    where waived.lead_id is null

),

quarantined as (

    select
        lead_id,
        rule
    from in_order
    where place = 1

)

select * from quarantined
