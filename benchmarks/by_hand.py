"""The same work without the job around it: compiled SQL through one connection, and a bare copy."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb

import agreement
from nightly.safekeeping import copy_of
from progress import Silent
from project import Project
from transform.dbt_runner import Dbt
from transform.dbt_vars import dbt_vars
from warehouse import open_warehouse


class Clock:
    """Wall and processor seconds of the block in `running`; every thread of this process counts."""

    wall = cpu = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Measure the block."""
        begun, used = time.perf_counter(), time.process_time()
        yield
        self.wall, self.cpu = time.perf_counter() - begun, time.process_time() - used


def build(project: Path) -> Clock:
    """What the models' compiled SQL takes on a copy of the project's raw tables.

    Every model as the last build left it compiled, in the order of what needs what; views stay views, and
    an incremental model is built whole.
    """
    models = _models(Project(project))
    order = TopologicalSorter({key: models.keys() & node.depends_on.nodes for key, node in models.items()})
    with tempfile.TemporaryDirectory(dir=project) as folder:
        file = Path(folder) / "warehouse.duckdb"
        shutil.copy(project / "warehouse.duckdb", file)
        with duckdb.connect(str(file), config={"threads": 2}) as connection:
            connection.execute("set timezone = 'UTC'")
            for schema in ("staging", "intermediate", "marts"):
                connection.execute(f"drop schema if exists {schema} cascade")
                connection.execute(f"create schema {schema}")
            clock = Clock()
            with clock.running():
                for key in order.static_order():
                    _create(connection, models[key], project / ".smarketing" / "dbt")
            return clock


def _models(project: Project) -> dict[str, Any]:
    signed, warehouse = agreement.load(project.agreement_file), open_warehouse(project)
    with Dbt(project, warehouse, dbt_vars(signed, warehouse.engine), Silent()) as dbt:
        return dbt.models


def _create(connection: duckdb.DuckDBPyConnection, node: Any, home: Path) -> None:
    materialized = node.config.materialized
    if materialized == "ephemeral":
        return
    kind = "view" if materialized == "view" else "table"
    compiled = next(home.glob(f"target/compiled/*/{node.original_file_path}")).read_text()
    connection.execute(f'create {kind} {node.schema}."{node.alias}" as {compiled}')


def publish(project: Path) -> Clock:
    """What `copy from database` of what is published takes, into a new file, with each table as Parquet."""
    with (
        tempfile.TemporaryDirectory(dir=project) as folder,
        duckdb.connect(config={"threads": 2}) as connection,
    ):
        connection.execute(f"attach '{project / 'published' / 'warehouse.duckdb'}' as published (read_only)")
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = 'published'"
        ).fetchall()
        clock = Clock()
        with clock.running():
            connection.execute(f"attach '{folder}/copy.duckdb' as bare (storage_version 'v1.2.0')")
            connection.execute("copy from database published to bare")
            for schema, table in tables:
                file = f"{folder}/{schema}.{table}.parquet"
                connection.execute(
                    f"copy bare.{schema}.{table} to '{file}' (format parquet, compression zstd)"
                )
        return clock


def keep(project: Path) -> Clock:
    """What a bare copy of the tables that safekeeping keeps takes, into a new file."""
    with (
        tempfile.TemporaryDirectory(dir=project) as folder,
        duckdb.connect(config={"threads": 2}) as connection,
    ):
        connection.execute(f"attach '{copy_of(Project(project))}' as kept (read_only)")
        clock = Clock()
        with clock.running():
            connection.execute(f"attach '{folder}/copy.duckdb' as bare")
            connection.execute("copy from database kept to bare")
        return clock
