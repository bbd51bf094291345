-- The last check's verdict on every rule; the ones that were not kept first.
select
    rule,
    stage,
    severity,
    cast(evaluated as bigint) as evaluated,
    cast(violations as bigint) as violations,
    cast(rate as double) as rate,
    cast(tolerance as double) as tolerance,
    verdict,
    agreement_version
from audit.rule_results
where run_id = (select max(run_id) from audit.rule_results)
order by case verdict when 'error' then 0 when 'failed' then 1 else 2 end, severity, rule, agreement_version
