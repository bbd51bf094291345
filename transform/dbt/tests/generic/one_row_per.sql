{#
  What a model promises of its rows, in one reading of it: one row per key of `columns`, no null in them other
  than in those of `or_null`, none in those of `never_null`, and in a column of `one_of` nothing but its values
  or null. A failing row names a promise that is broken, and how many keys or rows break it.
#}
{% test one_row_per(model, columns, or_null=(), never_null=(), one_of={}) %}
{{ config(fail_calc='coalesce(sum(how_many), 0)') }}
{{ broken_promises(model, columns, or_null, never_null, one_of) }}
{% endtest %}
