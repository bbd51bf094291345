insert into bases
select
    figures.table_name, figures.name, figures.period_start, 'all' as slice, sum(parts.part) as part, sum(parts.whole) as whole
from ratio_parts as parts
inner join figures
    on
        figures.table_name in ('marts.marketing_scorecard', 'marts.sales_scorecard')
        and parts.name = figures.name
        and parts.period_start = figures.period_start
group by all
union all
select
    figures.table_name,
    figures.name,
    figures.period_start,
    'all' as slice,
    coalesce(max(cards.value) filter (where cards.kpi = 'cost'), 0) as part,
    coalesce(max(cards.value) filter (where cards.kpi = counts.kpi), 0) as whole
from figures
inner join (
    select
        unnest(['cost_per_lead', 'cost_per_mql', 'cost_per_customer']) as name,
        unnest(['leads', 'mqls', 'customers']) as kpi
) as counts using (name)
left join (
    select * from previous.marts.marketing_scorecard
    union all by name
    select * from previous.marts.sales_scorecard
) as cards on figures.period_start = cards.month
where figures.table_name = 'marts.marketing_scorecard'
group by all
