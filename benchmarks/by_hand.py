"""The same work without the job around it: compiled SQL through one connection, and a bare copy."""

import json
import shutil
import tempfile
import time
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb


def build_seconds(project: Path) -> float:
    """Seconds that the models' compiled SQL takes on a copy of the project's raw tables.

    Every model as the last build left it compiled, in the order of what needs what; views stay views, and
    an incremental model is built whole.
    """
    manifest = json.loads((project / ".smarketing" / "dbt" / "target" / "manifest.json").read_text())
    models = {key: node for key, node in manifest["nodes"].items() if node["resource_type"] == "model"}
    order = TopologicalSorter(
        {key: models.keys() & node["depends_on"]["nodes"] for key, node in models.items()}
    )
    with tempfile.TemporaryDirectory(dir=project) as folder:
        file = Path(folder) / "warehouse.duckdb"
        shutil.copy(project / "warehouse.duckdb", file)
        with duckdb.connect(str(file), config={"threads": 2}) as connection:
            connection.execute("set timezone = 'UTC'")
            for schema in ("staging", "intermediate", "marts"):
                connection.execute(f"drop schema if exists {schema} cascade")
                connection.execute(f"create schema {schema}")
            begun = time.perf_counter()
            for key in order.static_order():
                _create(connection, models[key], project / ".smarketing" / "dbt")
            return time.perf_counter() - begun


def _create(connection: duckdb.DuckDBPyConnection, node: dict[str, Any], home: Path) -> None:
    materialized = node["config"]["materialized"]
    if materialized == "ephemeral":
        return
    kind = "view" if materialized == "view" else "table"
    compiled = next(home.glob(f"target/compiled/*/{node['original_file_path']}")).read_text()
    connection.execute(f'create {kind} {node["schema"]}."{node["alias"]}" as {compiled}')


def publish_seconds(project: Path) -> float:
    """Seconds for `copy from database` of what is published into a new file, and each table as Parquet."""
    with (
        tempfile.TemporaryDirectory(dir=project) as folder,
        duckdb.connect(config={"threads": 2}) as connection,
    ):
        connection.execute(f"attach '{project / 'published' / 'warehouse.duckdb'}' as published (read_only)")
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = 'published'"
        ).fetchall()
        begun = time.perf_counter()
        connection.execute(f"attach '{folder}/copy.duckdb' as bare (storage_version 'v1.2.0')")
        connection.execute("copy from database published to bare")
        for schema, table in tables:
            connection.execute(f"copy bare.{schema}.{table} to '{folder}/{schema}.{table}.parquet'")
        return time.perf_counter() - begun
