-- The last runs, the newest first; the one that makes this report is still running.
select
    run_id,
    started_at,
    status,
    as_of,
    rows_loaded,
    requests,
    coalesce(sync_seconds, 0) + coalesce(build_seconds, 0) + coalesce(check_seconds, 0) as seconds
from audit.runs
order by run_id desc
limit 7
