-- The last structural checks, counted, and those that did not pass.
select check_name, table_name, severity, verdict, observed, detail
from audit.check_results
where run_id = (select max(run_id) from audit.check_results)
order by case verdict when 'passed' then 1 else 0 end, severity, table_name, check_name
