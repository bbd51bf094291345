"""What a model promises of its rows is one test, which notices each broken promise and names it."""

import shutil
from dataclasses import replace
from pathlib import Path

import agreement
from progress import Silent
from project import Project
from transform.dbt_runner import Dbt
from transform.dbt_vars import dbt_vars
from transform.test_results import store_test_results
from warehouse import Warehouse

FAULTS = (
    "insert into marts.lead_clocks select * from marts.lead_clocks order by clock_id limit 1",
    "update marts.lead_clocks set status = 'late' where clock_id = (select max(clock_id) "
    "from marts.lead_clocks)",
    "update marts.touches set touch_id = null where touch_id = (select max(touch_id) from marts.touches)",
    "update marts.funnel_daily set entered = null where date = (select max(date) from marts.funnel_daily)",
)
STATUSES = "met, breached, open, not_required, unassigned"


def test_each_broken_promise_is_named(folder: Project, warehouse: Warehouse, tmp_path: Path) -> None:
    bed = replace(warehouse, path=Path(shutil.copy(warehouse.path, tmp_path / "warehouse.duckdb")))
    variables = dbt_vars(agreement.load(folder.agreement_file), bed.engine)
    select = ("lead_clocks", "touches", "funnel_daily", "deals")
    with bed.connect() as connection:
        for sql in FAULTS:
            connection.execute(sql)
        nulls = connection.execute("from marts.funnel_daily where entered is null").fetchall()
    with Dbt(folder, bed, variables, Silent()) as dbt:
        tests = dbt.test(select=select)
    store_test_results(bed, tests)
    with bed.connect() as connection:
        found = connection.execute(
            "select table_name, detail from intermediate.data_test_results"
            " where verdict = 'failed' and test_name like 'one_row_per%' order by 1"
        ).fetchall()
    assert found == [
        ("funnel_daily", f"entered is null: {len(nulls)}"),
        ("lead_clocks", f"clock_id occurs more than once: 1; status is none of {STATUSES}: 1"),
        ("touches", "touch_id is null: 1"),
    ]
