{#
  A table with a `lead_id` that is kept across builds: the rows of tonight's leads are replaced, in one transaction, by
  what the model says of them now, which may be nothing. A full refresh replaces them all. Tonight's leads are those of
  `int_changed_leads`, or of the model that `meta: {leads: ...}` names.
#}
{% materialization by_lead, default %}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- if existing is none or existing.type != 'table' or should_full_refresh() -%}
        {%- if existing is not none -%}
            {{ adapter.drop_relation(existing) }}
        {%- endif -%}
        {% call statement('main') -%}
            {{ create_table_as(False, target_relation, sql) }}
        {%- endcall %}
    {%- else -%}
        {%- set leads = (config.get('meta') or {}).get('leads', 'int_changed_leads') -%}
        {%- set changed = target_relation.incorporate(path={'schema': 'intermediate', 'identifier': leads}) -%}
        {%- set columns = [] -%}
        {%- for column in adapter.get_columns_in_relation(existing) -%}
            {%- do columns.append(adapter.quote(column.name)) -%}
        {%- endfor -%}
        {% call statement('main') -%}
            delete from {{ target_relation }}
            where lead_id in (select lead_id from {{ changed }});
            insert into {{ target_relation }} ({{ columns | join(', ') }})
            select {{ columns | join(', ') }}
            from (
                {{ sql }}
            ) as tonight
        {%- endcall %}
    {%- endif -%}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
