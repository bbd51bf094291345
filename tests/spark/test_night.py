"""The nightly job on a cluster: the same tables as in a DuckDB file, though a machine dies meanwhile."""

import json
import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from project import Project
from sandbox.company import Company
from sandbox.server import SandboxServer, running
from tests.end_to_end.portal import NOW, SIGNED, Portal, new_folder
from tests.engines.comparison import differences, rows
from tests.spark.cluster import Cluster
from warehouse import open_warehouse

CONTACTS, PATIENCE = 200, 1200
CASES = [("loses a worker", 1), ("loses a worker", 2), ("loses a worker", 3), ("has another night", 1)]
"""What happens to the cluster, and the company's seed."""
TURN = os.environ.get("SPARK_TURN")
"""A night on the cluster takes minutes: each run of CI tries one case; the number of commits says which."""
LATER = NOW + timedelta(days=4)
OWN = ("run_id", "started_at", "finished_at", "publication_id", "requests", "rows_loaded")
DIFFERENT = (*OWN, *(f"{stage}_seconds" for stage in ("sync", "build", "check", "publish")))
"""Columns of `audit` that no two runs share."""


def folder(parent: Path, name: str, cluster: Cluster) -> Path:
    """A project folder whose profile has both engines."""
    made = new_folder(parent / name, SIGNED.read_text(encoding="utf-8"))
    on_spark = {"type": "spark", "remote": cluster.remote, "path": "shared", "schema": name, "threads": 4}
    outputs = {"duckdb": {"type": "duckdb", "threads": 2}, "spark": on_spark}
    said = {"smarketing": {"target": "duckdb", "outputs": outputs}}
    (made / "profiles.yml").write_text(yaml.safe_dump(said), encoding="utf-8")
    return made


def night_that_loses_a_worker(portal: Portal, cluster: Cluster) -> None:
    """One of the two is killed as soon as the first marts are there."""
    words = ("--target", "spark", "run", "--as-of", f"{NOW.isoformat()}Z")
    process = portal.start(*words)
    built, until = (
        portal.folder / "shared" / "working" / "intermediate" / "int_leads",
        time.monotonic() + PATIENCE,
    )
    while process.poll() is None and not built.is_dir():
        assert time.monotonic() < until
        time.sleep(0.5)
    cluster.kill_a_worker()
    stdout, stderr = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, stdout + stderr


def another_night(crm: SandboxServer, in_file: Portal, on_cluster: Portal) -> None:
    """One that goes on from a first: with leads merged, archived and deleted for privacy in the meantime."""
    assert on_cluster.command("--target", "spark", "run", "--as-of", f"{NOW.isoformat()}Z").code == 0
    crm.set_now(LATER)
    leads = sorted(crm.truth_of_records().live["contacts"])
    crm.desk.merge("contacts", leads[10], leads[11])
    crm.desk.archive("contacts", leads[3])
    crm.desk.erase("contacts", leads[20])
    for portal, target in ((in_file, "duckdb"), (on_cluster, "spark")):
        ended = portal.command("--target", target, "run", "--as-of", f"{LATER.isoformat()}Z")
        assert ended.code == 0, ended.stderr


@pytest.mark.timeout(2400)
@pytest.mark.parametrize(("what", "seed"), CASES if TURN is None else [CASES[int(TURN) % len(CASES)]])
def test_a_cluster_gives_what_a_file_gives(
    whole_cluster: Cluster, tmp_path: Path, what: str, seed: int
) -> None:
    company, cluster = Company(CONTACTS, seed=seed), whole_cluster
    with running(company, now=NOW) as crm:
        in_file = Portal(company, crm, folder(tmp_path, "in_file", cluster))
        assert in_file.night().code == 0
        on_cluster = Portal(company, crm, folder(tmp_path, "on_cluster", cluster))
        if what == "has another night":
            another_night(crm, in_file, on_cluster)
        else:
            night_that_loses_a_worker(on_cluster, cluster)
    working = in_file.folder / "warehouse.duckdb"
    warehouse = open_warehouse(Project(on_cluster.folder, "spark"))
    with warehouse.as_duckdb() as copy:
        assert rows(copy, "marts") > 1000
        assert differences(copy, working, "marts") == {}
        assert differences(copy, working, "audit", but=DIFFERENT) == {}
    warehouse.copy_to(tmp_path / "copy.duckdb")
    with duckdb.connect(str(tmp_path / "copy.duckdb")) as copy:
        raw = differences(copy, working, "raw_hubspot")
        assert rows(copy, "raw_hubspot") > 1000
        assert {table: said for table, said in raw.items() if not table.startswith("_dlt_")} == {}
    assert as_readers_see(cluster) == as_published(on_cluster.folder)


def as_readers_see(cluster: Cluster) -> dict[str, Any]:
    """How many rows each table of the cluster has, to whoever may see marts and audit."""
    from pyspark.sql import SparkSession

    session = SparkSession.builder.remote(cluster.remote).getOrCreate()
    return {
        f"{schema}.{row['tableName']}": session.table(f"{schema}.{row['tableName']}").count()
        for schema in ("marts", "audit")
        for row in session.sql(f"show tables in {schema}").collect()
    }


def as_published(folder: Path) -> dict[str, Any]:
    """The same of the publication's folder."""
    told: dict[str, Any] = json.loads((folder / "published" / "publication.json").read_text())["rows"]
    return told
