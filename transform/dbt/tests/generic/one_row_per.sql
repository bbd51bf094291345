{# A failing row is a key of `columns` that occurs more than once, or is null where `or_null` does not allow it. #}
{% test one_row_per(model, columns, or_null=()) %}

select
    {{ columns | join(', ') }},
    count(*) as occurrences
from {{ model }}
group by {{ columns | join(', ') }}
having
    count(*) > 1
    {%- for column in columns if column not in or_null %}
    or {{ column }} is null
    {%- endfor %}

{% endtest %}
