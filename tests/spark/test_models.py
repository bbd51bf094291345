"""The same raw tables give the same tables on a cluster: every model of dbt's, to the last digit."""

from pathlib import Path

import pytest

import agreement
import transform
from progress import Silent
from project import Project, Run
from tests.engines.comparison import differences, rows
from tests.spark.cluster import Cluster
from tests.spark.tables import surplus
from tests.transform.conftest import AS_OF, collected
from tests.transform.raw import write_raw
from warehouse import open_warehouse

SIGNED = Path(__file__).parents[1] / "transform" / "agreement.yml"
PRINTS = ("int_engagement_prints", "int_lead_prints")
"""Hashes, which each engine has its own of; what they decide is compared."""
COMMENTS = """
select table_name, '' as column_name, comment from duckdb_tables() where schema_name = 'marts'
union all select table_name, column_name, comment from duckdb_columns() where schema_name = 'marts'
order by all
"""


@pytest.mark.timeout(1800)
def test_the_same_tables_to_the_last_digit(cluster: Cluster, tmp_path: Path) -> None:
    (tmp_path / "agreement.yml").write_text(SIGNED.read_text(encoding="utf-8"), encoding="utf-8")
    signed, run = agreement.load(tmp_path / "agreement.yml"), Run("run-1", AS_OF)
    in_file, on_cluster = open_warehouse(Project(tmp_path)), cluster.warehouse_in(tmp_path)
    for house, name in ((in_file, "file"), (on_cluster, "cluster")):
        write_raw(house, collected().tables)
        transform.build(Project(tmp_path / name), signed, house, run, Silent())
    with on_cluster.connect() as connection:
        tests = "select test_name, detail from intermediate.data_test_results where verdict <> 'passed'"
        assert connection.execute(tests).fetchall() == []
    with on_cluster.as_duckdb() as copy, in_file.connect() as ours:
        said = ours.execute(COMMENTS).fetchall()
        assert copy.execute(COMMENTS).fetchall() == said
    with on_cluster.as_duckdb() as copy:
        assert rows(copy, "marts") > 1000
        assert differences(copy, in_file.path, "marts") == {}
    on_cluster.copy_to(tmp_path / "copy.duckdb")
    with in_file.connect() as ours:
        assert surplus(ours, tmp_path / "copy.duckdb", "intermediate", but=PRINTS) == {}
