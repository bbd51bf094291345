"""What dlt remembers in the warehouse: its newest word alone.

dlt takes for newest what carries the latest time of this machine. After one night by a clock that ran ahead
that night's cursors and tables would be the newest for years; versions count up whatever the clock does.
"""

from extract.placing import DATASET
from warehouse import Warehouse

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


def keep_newest(warehouse: Warehouse) -> None:
    """Remove former states and schemas, before dlt reads any of them.

    Of a schema also for another reason: to dlt one that was stored once has all its tables and columns, so it
    would not add a column again that was there, then not, and now is: a property that comes back.
    """
    with warehouse.connect() as connection:
        for dataset, table in connection.execute(_THERE).fetchall():
            newest = _WHOLE if table == STATE else f"select max(version) from {dataset}.{table}"
            former = f" where version < ({newest})" if dataset == DATASET else ""
            connection.execute(f"delete from {dataset}.{table}{former}")
