"""What dlt remembers in the warehouse: its newest word alone.

dlt takes for newest what carries the latest time of this machine. After one night by a clock that ran ahead
that night's cursors and tables would be the newest for years; versions count up whatever the clock does.
"""

from typing import TYPE_CHECKING

from extract.placing import DATASET

if TYPE_CHECKING:
    import dlt

STATE, SCHEMAS, LOADS = "_dlt_pipeline_state", "_dlt_version", "_dlt_loads"
_THERE = f"""
    select table_schema, table_name from information_schema.tables
    where table_name in ('{STATE}', '{SCHEMAS}') and table_schema in ('{DATASET}', '{DATASET}_staging')
"""
_WHOLE = f"""
    select max(kept.version) from {DATASET}.{STATE} as kept
    inner join {DATASET}.{LOADS} as loads on kept._dlt_load_id = loads.load_id
    where loads.status = 0
"""


def keep_newest(pipeline: "dlt.Pipeline") -> None:
    """Remove former states and schemas, before dlt reads any of them.

    Of a schema also for another reason: to dlt one that was stored once has all its tables and columns, so it
    would not add a column again that was there, then not, and now is: a property that comes back.
    """
    with pipeline.sql_client() as client:
        for dataset, table in client.execute_sql(_THERE) or ():
            newest = _WHOLE if table == STATE else f"select max(version) from {dataset}.{table}"
            former = f" where version < ({newest})" if dataset == DATASET else ""
            client.execute_sql(f"delete from {dataset}.{table}{former}")
