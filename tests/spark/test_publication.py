"""What the cluster's readers see: the newest publication, an earlier one again, and no other's leftovers."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.spark.cluster import Cluster
from warehouse.spark import SparkCluster
from warehouse.spark.publication import shown

FIRST, SECOND = "20261130T020000.123Z", "20261201T020000.456Z--2"


def publication(folder: Path, name: str, *statements: str) -> Path:
    """A publication's file; `marts.leads` has the rows that the statements put there."""
    file = folder / f"{name}.duckdb"
    file.unlink(missing_ok=True)
    with duckdb.connect(str(file)) as made:
        for each in ("create schema marts", "create schema audit", "create table audit.runs (n integer)"):
            made.execute(each)
        made.execute(
            "create table marts.leads (lead_id varchar, said varchar, told_at timestamp, won decimal(38, 10))"
        )
        made.execute("comment on table marts.leads is 'Everybody''s lead: \"one\" a row \\ person.'")
        made.execute("comment on column marts.leads.said is 'It''s said.'")
        for statement in statements:
            made.execute(statement)
    return file


def leads(cluster: Cluster) -> list[tuple[Any, ...]]:
    rows = session(cluster).sql(
        "select lead_id, said, cast(told_at as string), won from marts.leads order by 1"
    )
    return [tuple(row) for row in rows.collect()]


def session(cluster: Cluster) -> Any:
    from pyspark.sql import SparkSession

    return SparkSession.builder.remote(cluster.remote).getOrCreate()


@pytest.fixture
def house(cluster: Cluster, tmp_path: Path) -> SparkCluster:
    return cluster.warehouse_in(tmp_path)


def test_readers_see_one_publication_and_again_an_earlier_one(
    cluster: Cluster, house: SparkCluster, tmp_path: Path
) -> None:
    row = "insert into marts.leads values ('{}', {}, timestamp '2026-11-30 23:59:59.123', 0.1000000001)"
    one = publication(tmp_path, "one", row.format("first", "''"), "create table marts.gone as select 1 as n")
    two = publication(tmp_path, "two", row.format("second", "null"))
    house.show(FIRST, one)
    (seen,) = leads(cluster)
    assert (*seen[:3], str(seen[3])) == ("first", "", "2026-11-30 23:59:59.123", "0.1000000001")
    field = session(cluster).table("marts.leads").schema["said"]
    assert field.metadata["comment"] == "It's said."
    session(cluster).sql("create or replace temporary view passing as select 1 as n")  # dbt leaves some
    house.show(SECOND, two)
    assert [row[:2] for row in leads(cluster)] == [("second", None)]
    views = session(cluster).sql("show views in marts").collect()
    assert {row["viewName"] for row in views if not row["isTemporary"]} == {"leads"}
    house.show(FIRST, tmp_path / "not needed: its tables are kept")
    assert [row[:2] for row in leads(cluster)] == [("first", "")]
    assert shown(cluster.remote) == FIRST
    house.keep_only([FIRST])
    assert [folder.name for folder in (house.shared / "published").iterdir()] == [FIRST]
    found = {row[0] for row in session(cluster).sql("show databases").collect()}
    assert "marts_20261130t020000_123z" in found
    assert "marts_20261201t020000_456z__2" not in found


def test_somebody_who_was_forgotten_is_gone_from_the_tables_that_are_shown(
    cluster: Cluster, house: SparkCluster, tmp_path: Path
) -> None:
    """Their publication was cleaned in its folder: the copy on the path is no more to be trusted."""
    kept = "insert into marts.leads values ('kept', '', null, null)"
    erased = "insert into marts.leads values ('erased', '', null, null)"
    house.show(FIRST, publication(tmp_path, "one", kept, erased))
    house.keep_only(())
    assert len(leads(cluster)) == 2
    house.show(FIRST, publication(tmp_path, "one", kept))
    assert [row[0] for row in leads(cluster)] == ["kept"]
    files = list((house.shared / "published").rglob("leads/*.parquet"))
    assert len(files) == 1
