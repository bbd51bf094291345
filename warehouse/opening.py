"""From a project folder to the warehouse that its profile names."""

from errors import UsageProblem
from project import Project
from warehouse.duckdb_file import DuckDBFile
from warehouse.engine import Warehouse
from warehouse.profile import chosen_output, resolved


def open_warehouse(project: Project) -> Warehouse:
    """Find the output that `project` asks for. Nothing is opened yet.

    Raises:
        UsageProblem: profiles.yml is broken, or has no such target, or an engine we do not run on.
    """
    target, options = chosen_output(project)
    engine = str(options.get("type"))
    if engine == "duckdb":
        path = project.root / str(options.get("path", "warehouse.duckdb"))
        return DuckDBFile(target, path.resolve(), options)
    if engine == "postgres":
        from warehouse.postgres import PostgresServer
        from warehouse.postgres.address import address_of

        address = address_of(resolved(options, project))
        return PostgresServer(target, project.state_dir.resolve() / "postgres", options, address)
    if engine == "spark":
        from warehouse.spark import SparkCluster
        from warehouse.spark.address import shared_path

        known = resolved(options, project)
        place = project.state_dir.resolve() / "spark"
        shared = shared_path(known, project.root)
        return SparkCluster(target, place, options, shared, str(known["remote"]), str(known["schema"]))
    raise UsageProblem(
        f"Target '{target}' in profiles.yml is of type '{engine}'. "
        "This version runs on DuckDB, on PostgreSQL and on Spark."
    )
