-- The first month of a scorecard, or week of an owner, that is not what it was; in UTC, two days before is before it.
set variable since = (
    select cast(min(period_start) as timestamp) - interval 2 days
    from figures
    where table_name in ('marts.marketing_scorecard', 'marts.sales_scorecard', 'marts.rep_weeks')
)
