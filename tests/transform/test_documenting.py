"""dbt's documentation as one page, and how old the raw tables are."""

import json

import agreement
import transform
from progress import Silent
from project import Project
from tests.transform.conftest import AS_OF
from transform.dbt_runner import Dbt
from transform.dbt_vars import dbt_vars
from warehouse import Warehouse


def test_the_page_describes_every_mart_by_itself(folder: Project, warehouse: Warehouse) -> None:
    page = transform.document(folder, agreement.load(folder.agreement_file), warehouse, Silent())
    assert page == folder.state_dir / "docs" / "index.html"
    text = page.read_text(encoding="utf-8")
    audit = "source.smarketing.audit.publication_changes"
    for said in (
        "model.smarketing.sla_compliance",
        "exposure.smarketing.report",
        "became_customer_at",
        audit,
    ):
        assert said in text


def test_raw_tables_are_as_old_as_the_last_sync(folder: Project, warehouse: Warehouse) -> None:
    with warehouse.connect() as connection:
        connection.execute("create schema if not exists audit")
        connection.execute("create or replace table audit.runs (as_of timestamp, sync_seconds double)")
        connection.execute("insert into audit.runs values (?, 1), (?, null)", [AS_OF, "2026-11-25 20:00:00"])
    variables = dbt_vars(agreement.load(folder.agreement_file), warehouse.engine)
    with Dbt(folder, warehouse, variables, Silent()) as dbt:
        dbt.invoke("source freshness", may_fail=True)
    told = json.loads((folder.state_dir / "dbt" / "target" / "sources.json").read_text(encoding="utf-8"))
    loaded = {
        result["unique_id"].split(".")[-1]: result.get("max_loaded_at", result.get("error"))
        for result in told["results"]
    }
    assert loaded["contacts"].startswith("2026-11-24T20:00:00")
    with warehouse.connect() as connection:
        connection.execute("drop schema audit cascade")
