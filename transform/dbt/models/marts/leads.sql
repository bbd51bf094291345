with leads as (

    select
        leads.*,
        quarantined.rule as quarantined_by,
        cut_leads.history_known_since
    from {{ ref('int_classified_leads') }} as leads
    left join {{ ref('int_quarantined_leads') }} as quarantined
        on leads.lead_id = quarantined.lead_id
    left join {{ ref('int_cut_leads') }} as cut_leads
        on leads.lead_id = cut_leads.lead_id

),

published as (

    select
        lead_id,
        crm,
        stage,
        stage_since,
        {% for stage in var('stages') %}
        became_{{ stage }}_at,
        {% endfor %}
        lead_status,
        owner_id,
        owner_name,
        owner_team,
        segment,
        lead_type,
        source,
        country,
        company_id,
        company_name,
        email,
        phone,
        referred_by,
        {% for column in var('columns') %}
        {{ column.name }},
        {% endfor %}
        created_at,
        is_archived,
        excluded_because,
        quarantined_by,
        merged_ids,
        history_known_since
    from leads

)

select * from published
