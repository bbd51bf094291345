{# Spark's plain tables have no rows that could be replaced: all leads are worked out anew. #}
{% materialization by_lead, adapter='spark' %}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- if not builds_everything() -%}
        {{ exceptions.raise_compiler_error('On Spark every build is a full refresh: tonight\'s leads are not all.') }}
    {%- endif -%}
    {{ run_hooks(pre_hooks) }}
    {%- if existing is not none -%}
        {{ adapter.drop_relation(existing) }}
    {%- endif -%}
    {% call statement('main') -%}
        {{ create_table_as(False, target_relation, sql) }}
    {%- endcall %}
    {{ run_hooks(post_hooks) }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
