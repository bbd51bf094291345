{#- The rows of a relation once for each slice they belong to: `all`, `segment=x`, `owner=<id>`, ...
    A row without a segment, owner, team, source or lead type is in no slice of that kind.
    The relation has the columns segment, owner_id, team, source, lead_type and those named in `columns`. -#}
{% macro in_slices(relation, columns) %}
{%- set kinds = {'segment': 'segment', 'owner': 'owner_id', 'team': 'team', 'source': 'source', 'lead_type': 'lead_type'} -%}
select {{ columns | join(', ') }}, cast('all' as {{ dbt.type_string() }}) as slice
from {{ relation }}
{%- for kind, column in kinds.items() %}
union all
select {{ columns | join(', ') }}, '{{ kind }}=' || {{ column }} as slice
from {{ relation }}
where {{ column }} is not null
{%- endfor %}
{% endmacro %}
