-- Does the warehouse hold what the CRM holds: the last proof.
select object, crm_rows, warehouse_rows, missing, surplus, verdict
from audit.sync_proof
where run_id = (select max(run_id) from audit.sync_proof)
order by case verdict when 'passed' then 1 else 0 end, object
