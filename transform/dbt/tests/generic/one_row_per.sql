{#
  A failing row is a key of `columns` that occurs more than once, or that has a null other than in the
  columns of `or_null`.
#}
{% test one_row_per(model, columns, or_null=()) %}
{%- set never_null = columns | reject('in', or_null) | list %}

select
    {{ columns | join(', ') }},
    count(*) as occurrences
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1{% if never_null %} or {{ never_null | join(' is null or ') }} is null{% endif %}

{% endtest %}
