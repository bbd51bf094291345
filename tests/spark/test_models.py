"""The same raw tables give the same tables on a cluster: every model of dbt's, to the last digit."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import duckdb
import pytest

import agreement
import transform
from progress import Silent
from project import Project, Run
from tests.spark.cluster import Cluster
from tests.spark.tables import SCHEMAS, pass_on, surplus
from tests.transform.conftest import AS_OF, collected
from tests.transform.raw import write_raw
from transform.dbt_runner import Dbt
from transform.dbt_vars import dbt_vars
from warehouse import Warehouse, open_warehouse

SIGNED = Path(__file__).parents[1] / "transform" / "agreement.yml"
PRINTS = ("int_engagement_prints", "int_lead_prints")
"""Hashes, which each engine has its own of; what they decide is compared."""


@dataclass
class ByDbt:
    """What dbt is to know of the cluster."""

    engine: str = "spark"

    def dbt_profile(self) -> dict[str, Any]:
        output = {"type": "spark", "method": "session", "host": "none", "schema": "marts", "threads": 1}
        return {"smarketing": {"target": "spark", "outputs": {"spark": output}}}

    def let_go(self) -> None:
        """The cluster stays."""


def in_a_file(folder: Path) -> Path:
    """The working file of a build on DuckDB."""
    project = Project(folder)
    warehouse = open_warehouse(project)
    write_raw(warehouse, collected().tables)
    transform.build(project, agreement.load(project.agreement_file), warehouse, Run("run-1", AS_OF), Silent())
    return warehouse.path


@pytest.mark.timeout(1800)
def test_the_same_tables_to_the_last_digit(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pyspark.sql import SparkSession

    monkeypatch.setenv("SPARK_REMOTE", cluster.remote)
    (tmp_path / "agreement.yml").write_text(SIGNED.read_text(encoding="utf-8"), encoding="utf-8")
    file = in_a_file(tmp_path)
    session = SparkSession.builder.remote(cluster.remote).getOrCreate()
    signed = agreement.load(tmp_path / "agreement.yml")
    with duckdb.connect(str(file), read_only=True) as ours:
        ours.execute("set timezone = 'UTC'")
        for schema in ("raw_hubspot", "raw_agreement"):
            pass_on(ours, session, schema)
        to_spark = cast("Warehouse", ByDbt())
        with Dbt(Project(tmp_path / "spark"), to_spark, dbt_vars(signed, "spark"), Silent()) as dbt:
            dbt.run(full_refresh=True)
        tables = ours.execute(
            "select table_schema || '.' || table_name from information_schema.tables"
            f" where table_schema in {SCHEMAS[1:]} and table_name not in {(*PRINTS, 'data_test_results')}"
        ).fetchall()
        assert len(tables) > 90
        assert {table: rows for (table,) in tables if (rows := surplus(ours, session, table))} == {}
