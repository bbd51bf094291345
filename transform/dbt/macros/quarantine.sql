{#
  The text of a revision as the agreement's type of `column` (`name`, `type`); what does not fit is null, as in
  `leads`. History tells instants as milliseconds from 1970, imports sometimes in words.
#}
{% macro value_then(value, column) -%}
    {%- set number = dbt.safe_cast(value, type_amount()) -%}
    {%- set milliseconds = dbt.safe_cast(value, dbt.type_bigint()) -%}
    {%- set instant -%}
        case
            when length({{ value }}) >= 10 and {{ milliseconds }} is not null then {{ from_epoch_ms(milliseconds) }}
            else {{ dbt.safe_cast(value, dbt.type_timestamp()) }}
        end
    {%- endset -%}
    {%- set types = {
        'string': value,
        'integer': 'cast(' ~ number ~ ' as ' ~ dbt.type_bigint() ~ ')',
        'number': number,
        'boolean': dbt.safe_cast(value, dbt.type_boolean()),
        'date': 'cast(' ~ instant ~ ' as date)',
        'datetime': instant,
    } -%}
    {{ types[column.type] }}
{%- endmacro %}

{# The leads that a rule judges, with the columns that it asks about: present values, or those at the entry. #}
{% macro judged_by(rule) -%}
    {%- set reached_at = 'leads.became_' ~ rule.stage ~ '_at' -%}
    select
        leads.lead_id,
        {%- for column in rule.columns if column != 'lead_id' %}
        leads.{{ adapter.quote(column) }},
        {%- endfor %}
        {%- for column in rule.at_entry %}
        case
            when entry.known_{{ loop.index }} = 1 then {{ value_then('entry.value_' ~ loop.index, column) }}
            else leads.{{ adapter.quote(column.name) }}
        end as {{ adapter.quote(column.name) }},
        {%- endfor %}
        {{ reached_at if rule.judge == 'entry' else 'leads.as_of' }} as as_of
    from leads
    inner join {{ source('raw_agreement', 'versions') }} as versions
        on
            versions.version = '{{ rule.version | replace("'", "''") }}'
            and {{ reached_at }} >= versions.effective_from
            and (versions.effective_to is null or {{ reached_at }} < versions.effective_to)
    {%- if rule.at_entry %}
    left join (
        select
            lead_id
            {%- for column in rule.at_entry %},
            max(case when property = '{{ column.property }}' then value end) as value_{{ loop.index }},
            max(case when property = '{{ column.property }}' then 1 end) as known_{{ loop.index }}
            {%- endfor %}
        from entry_values
        where stage = '{{ rule.stage }}'
        group by lead_id
    ) as entry
        on leads.lead_id = entry.lead_id
    {%- endif %}
    where leads.stage_rank >= {{ var('stages').index(rule.stage) + 1 }}
{%- endmacro %}
