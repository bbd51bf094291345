-- The newest violations that stand, at most fifteen of each rule.
with standing as (
    select
        *,
        count(*) over (partition by rule) as in_all,
        row_number() over (partition by rule order by first_seen_at desc, violation_id) as place
    from audit.lead_quality_violations
    where
        resolved_at is null
        and (
            waived_until is null
            or waived_until < cast(cast($local_now as timestamp) as date)
        )
)

select rule, severity, department, lead_id, owner_id, observed, first_seen_at, reopened, agreement_version, in_all
from standing
where place <= 15
order by severity, rule, place
