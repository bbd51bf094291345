{#- What a figure says about its target: met or missed, while the period runs on_track or at_risk.
    `is_kept` is null where there is nothing to judge. -#}
{% macro commitment_status(is_kept, is_running) -%}
case
    when {{ is_kept }} and {{ is_running }} then 'on_track'
    when {{ is_kept }} then 'met'
    when not {{ is_kept }} and {{ is_running }} then 'at_risk'
    when not {{ is_kept }} then 'missed'
end
{%- endmacro %}

{#- Whether a total keeps its target: a share's target is of those eligible, a running count's is of the
    open time that has elapsed. Compared without dividing, so that no rounding decides. -#}
{% macro is_kept(is_count, total, eligible, target, is_running, elapsed, whole) -%}
case
    when {{ is_count }} and {{ is_running }} then {{ total }} * {{ whole }} >= {{ target }} * {{ elapsed }}
    when {{ is_count }} then {{ total }} >= {{ target }}
    when {{ eligible }} > 0 then {{ total }} >= {{ target }} * {{ eligible }}
end
{%- endmacro %}

{#- A scorecard: the KPIs of one department by month, against their target and the month before. -#}
{% macro scorecard(department) -%}
with kpis as (

    select * from {{ ref('int_scorecards') }}
    where department = '{{ department }}'

),

targets as (

    select * from {{ ref('int_kpi_targets') }}

),

compared as (

    select
        kpis.month,
        kpis.kpi,
        kpis.value,
        targets.target,
        targets.is_running,
        lag(kpis.value) over (partition by kpis.kpi order by kpis.month) as previous,
        {{ is_kept(
            'kpis.is_count', 'kpis.total', 'kpis.eligible', 'targets.target',
            'targets.is_running', 'targets.elapsed_ms', 'targets.open_ms'
        ) }} as is_kept
    from kpis
    left join targets
        on
            kpis.month = targets.month
            and kpis.measure = targets.measure
            and coalesce(kpis.stage, '') = coalesce(targets.stage, '')

),

scored as (

    select
        month,
        kpi,
        cast(value as decimal(28, 6)) as value,
        cast(target as decimal(28, 6)) as target,
        cast(previous as decimal(28, 6)) as previous,
        {{ commitment_status('is_kept', 'is_running') }} as status
    from compared

)

select * from scored
{%- endmacro %}
