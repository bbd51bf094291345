with leads as (

    select
        leads.*,
        quarantined.rule as quarantined_by
    from {{ ref('int_classified_leads') }} as leads
    left join {{ ref('int_quarantined_leads') }} as quarantined
        on leads.lead_id = quarantined.lead_id

),

fitting as (

    {% for condition in var('commitment_conditions') -%}
    select
        cast('{{ condition.version | replace("'", "''") }}' as {{ dbt.type_string() }}) as version,
        cast('{{ condition.commitment | replace("'", "''") }}' as {{ dbt.type_string() }}) as commitment,
        lead_id
    from leads
    where {{ condition.sql }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- else -%}
    select
        cast(null as {{ dbt.type_string() }}) as version,
        cast(null as {{ dbt.type_string() }}) as commitment,
        lead_id
    from leads
    where 1 = 0
    {%- endfor %}

)

select * from fitting
