"""Money that a join multiplied does not pass for money."""

import shutil
from dataclasses import replace
from pathlib import Path

import agreement
from progress import Silent
from project import Project
from transform.dbt_runner import Dbt
from transform.dbt_vars import dbt_vars
from warehouse import Warehouse

TRUTH = "assert_deals_are_worth_what_the_crm_says"


def test_doubled_deals_are_noticed(folder: Project, warehouse: Warehouse, tmp_path: Path) -> None:
    copied = replace(warehouse, path=Path(shutil.copy(warehouse.path, tmp_path / "warehouse.duckdb")))
    variables = dbt_vars(agreement.load(folder.agreement_file), warehouse.engine)
    for doubling, verdict in (("select 1", "passed"), ("insert into marts.deals from marts.deals", "failed")):
        with copied.connect() as connection:
            connection.execute(doubling)
        with Dbt(folder, copied, variables, Silent()) as dbt:
            assert [test.verdict for test in dbt.test(select=(TRUTH,))] == [verdict]
