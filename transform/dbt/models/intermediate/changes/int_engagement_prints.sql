{%- set kinds = ['calls', 'emails', 'meetings', 'communications'] -%}

with associations as (

    select * from {{ ref('stg_hubspot__associations') }}
    where to_type = 'contacts'

),

{% for kind in kinds %}
{{ kind }} as (

    select * from {{ ref('stg_hubspot__' ~ kind) }}

),

{% endfor %}
engagements as (

    {% for kind in kinds %}
    select
        cast('{{ kind }}' as {{ dbt.type_string() }}) as engagement_type,
        engagement_id,
        {{ row_print(kind) }} as print,
        {{ later_of('happened_at', 'logged_at') }} as stamped_at
    from {{ kind }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

prints as (

    select
        associations.to_id as contact_id,
        associations.from_type as engagement_type,
        associations.from_id as engagement_id,
        engagements.print,
        engagements.stamped_at
    from associations
    inner join engagements
        on
            associations.from_type = engagements.engagement_type
            and associations.from_id = engagements.engagement_id

)

select * from prints
