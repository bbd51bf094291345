"""Tables as Parquet files: which of them count, and what a session of them keeps."""

import os
from pathlib import Path
from typing import Any

import duckdb
import pytest

from errors import Locked
from warehouse import Warehouse
from warehouse.audit import audit_table
from warehouse.spark import SparkCluster
from warehouse.spark.catalog import catalog_of
from warehouse.spark.lake import TableFolder

RUNS = audit_table("runs")


@pytest.fixture
def house(tmp_path: Path) -> SparkCluster:
    """No cluster takes part: the path is enough."""
    return SparkCluster("spark", tmp_path / "spill", {}, tmp_path / "shared", "sc://nobody:1")


def ask(house: Warehouse, query: str) -> list[tuple[Any, ...]]:
    with house.connect() as connection:
        return connection.execute(query).fetchall()


def in_another_process() -> None:
    """What this process knows of any path is forgotten."""
    catalog_of.cache_clear()


def file_of(folder: Path, name: str, query: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    duckdb.execute(f"copy ({query}) to '{folder / name}' (format parquet)")
    return folder / name


def ended(house: SparkCluster, *loads: str) -> None:
    folder = house.lake.root / "raw_hubspot" / "_dlt_loads"
    folder.mkdir(parents=True, exist_ok=True)
    for load in loads:
        (folder / f"hubspot__{load}.jsonl").write_text("{}", encoding="utf-8")


@pytest.fixture
def calls(house: SparkCluster) -> TableFolder:
    return house.lake.table("raw_hubspot", "calls")


def test_a_load_that_was_cut_off_does_not_count_and_goes(house: SparkCluster, calls: TableFolder) -> None:
    file_of(calls.path, "00000001.17.5.a.parquet", "select 'one' as id")
    (calls.path / "00000002.18.5.b.parquet").write_bytes(b"PAR1 and no more")
    ended(house, "17.5")
    assert ask(house, "from raw_hubspot.calls") == [("one",)]
    house.dlt_destination()
    assert [file.name for file in calls.path.iterdir()] == ["00000001.17.5.a.parquet"]


def test_a_rewritten_table_is_whole_from_one_instant_on(house: SparkCluster, calls: TableFolder) -> None:
    """Killed after the new file has its name, and before the old ones are gone."""
    old = file_of(calls.path, "00000001.17.5.a.parquet", "select unnest(['kept', 'erased']) as id")
    ended(house, "17.5")
    os.link(old, calls.path / "copy")
    with house.connect() as connection:
        connection.execute("delete from raw_hubspot.calls where id = 'erased'")
    assert not old.exists()
    (calls.path / "copy").rename(old)
    in_another_process()
    assert ask(house, "from raw_hubspot.calls") == [("kept",)]
    house.dlt_destination()
    assert not old.exists()


def test_a_draft_is_no_file(house: SparkCluster, calls: TableFolder) -> None:
    file_of(calls.path, "00000001.whole.parquet", "select 'one' as id")
    draft = file_of(calls.path, ".00000002.whole.parquet", "select 'two' as id")
    assert ask(house, "from raw_hubspot.calls") == [("one",)]
    house.dlt_destination()
    assert not draft.exists()


def test_of_rows_with_one_key_the_latest_counts(house: SparkCluster, calls: TableFolder) -> None:
    """Also if the clock, which names the loads, has gone back; columns come and go."""
    file_of(calls.path, "00000001.99.5.a.parquet", "select 'one' as id, 'then' as said")
    file_of(calls.path, "00000002.17.5.b.parquet", "select 'one' as id, 'now' as said, 1 as times")
    file_of(calls.path, "00000003.18.5.c.parquet", "select 'two' as id")
    ended(house, "99.5", "17.5", "18.5")
    told = house.lake.root / "raw_hubspot" / "_dlt_version"
    told.mkdir()
    columns = r"{\"tables\": {\"calls\": {\"columns\": {\"id\": {\"primary_key\": true}}}}}"
    (told / "hubspot__1__x.jsonl").write_text(f'{{"version": 1, "inserted_at": "", "schema": "{columns}"}}')
    rows = [("one", "now", 1), ("two", None, None)]
    assert ask(house, "from raw_hubspot.calls order by id") == rows
    house.catalog.settle(["raw_hubspot"])
    assert [file.name for file in calls.path.iterdir()] == ["00000004.whole.parquet"]
    in_another_process()
    assert ask(house, "from raw_hubspot.calls order by id") == rows


def test_the_audit_is_as_its_contract_says_in_the_next_process_too(house: SparkCluster) -> None:
    with house.connect() as connection:
        RUNS.create(connection)
    shape = (
        "select column_name, data_type, is_nullable, comment from duckdb_columns() where table_name = 'runs'"
    )
    before = ask(house, shape)
    in_another_process()
    assert ask(house, shape) == before
    assert {required for *_, required, _ in before} == {True, False}
    (file,) = house.lake.table("audit", "runs").files
    with house.connect() as connection:
        RUNS.create(connection)
    assert house.lake.table("audit", "runs").files == (file,)


def test_what_is_rolled_back_was_never_written(house: SparkCluster) -> None:
    ask(house, "create schema audit")
    with house.connect() as connection:
        connection.execute("create table audit.notes as select 1 as n")
        connection.execute("begin")
        connection.executemany("insert into audit.notes values (?)", [[2], [3]])
        assert connection.execute("select count(*) from audit.notes").fetchone() == (3,)
        connection.execute("rollback")
    assert ask(house, "from audit.notes") == [(1,)]
    in_another_process()
    assert ask(house, "from audit.notes") == [(1,)]


def test_two_runs_do_not_share_a_path(house: SparkCluster) -> None:
    with (
        house.alone("process 1 on this machine"),
        pytest.raises(Locked, match="process 1 on this machine"),
        house.alone("process 2 on that one"),
    ):
        pass
    with house.alone("process 2 on that one"):
        pass


def test_what_dbt_compiled_for_the_cluster_is_asked_of_the_path(house: SparkCluster) -> None:
    file_of(house.lake.root / "marts" / "leads", "part-0.parquet", "select 'one' as lead_id")
    inner = "select cast(lead_id as string) as lead_id from `working_marts`.`leads`"
    query = f"select count(`lead_id`) as n from ({inner}) as t"
    assert ask(house, house.understood(query)) == [(1,)]


def test_tables_that_spark_wrote_are_read_and_never_changed(house: SparkCluster) -> None:
    leads = house.lake.root / "marts" / "leads"
    file_of(
        leads,
        "part-00000-x.snappy.parquet",
        "select 'one' as lead_id, timestamptz '2026-01-01 00:00Z' as told",
    )
    file_of(leads, "part-00001-x.snappy.parquet", "select 'two' as lead_id, null::timestamptz as told")
    found = ask(house, "select lead_id, typeof(told) from marts.leads order by lead_id")
    assert found == [("one", "TIMESTAMP"), ("two", "TIMESTAMP")]
    with pytest.raises(RuntimeError, match=r"marts\.leads is Spark's"):
        ask(house, "delete from marts.leads")
    assert len(ask(house, "from marts.leads")) == 2
