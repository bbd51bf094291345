{%- set wanted = [] -%}
{%- for rule in var('quarantine_rules') -%}
{%- for column in rule.at_entry if (rule.stage, column.property) not in wanted -%}
{%- do wanted.append((rule.stage, column.property)) -%}
{%- endfor -%}
{%- endfor -%}

with leads as (

    select * from {{ ref('int_leads') }}

),

lead_ids as (

    select * from {{ ref('int_changed_contacts') }}

),

history as (

    select * from {{ ref('stg_hubspot__property_history') }}
    where object_type = 'contacts'

),

owners as (

    select owner_id
    from {{ ref('int_owners') }}
    where is_nobody or deactivated_at is not null

),

entries as (

    {% for stage, property in wanted %}
    select
        lead_id,
        cast('{{ stage }}' as {{ dbt.type_string() }}) as stage,
        cast('{{ property }}' as {{ dbt.type_string() }}) as property,
        became_{{ stage }}_at as reached_at
    from leads
    where became_{{ stage }}_at is not null
    {% if not loop.last %}union all{% endif %}
    {% else %}
    select
        lead_id,
        cast(null as {{ dbt.type_string() }}) as stage,
        cast(null as {{ dbt.type_string() }}) as property,
        created_at as reached_at
    from leads
    where 1 = 0
    {% endfor %}

),

-- The newest revision by the entry; a lead that has later ones alone had no value then.
ranked as (

    select
        entries.lead_id,
        entries.stage,
        entries.property,
        case when history.changed_at <= entries.reached_at then history.value end as value,
        row_number() over (
            partition by entries.lead_id, entries.stage, entries.property
            order by
                case when history.changed_at <= entries.reached_at then 0 else 1 end,
                history.changed_at desc, history.ordinal desc,
                length(history.object_id) desc, history.object_id desc
        ) as place
    from entries
    inner join lead_ids
        on entries.lead_id = lead_ids.lead_id
    inner join history
        on
            lead_ids.contact_id = history.object_id
            and entries.property = history.property

),

-- Queues and leavers are nobody.
entry_values as (

    select
        ranked.lead_id,
        ranked.stage,
        ranked.property,
        case when owners.owner_id is null then ranked.value end as value
    from ranked
    left join owners
        on ranked.property = 'hubspot_owner_id' and ranked.value = owners.owner_id
    where ranked.place = 1

)

select * from entry_values
