"""The same raw tables give the same marts on a server: every model, every test of dbt's."""

from pathlib import Path

import duckdb

import agreement
import transform
from progress import Silent
from project import Project, Run
from tests.engines.comparison import differences, rows
from tests.engines.server import Server
from tests.transform.conftest import AS_OF, collected
from tests.transform.raw import write_raw
from warehouse import Warehouse, open_warehouse
from warehouse.postgres.shapes import duckdb_tables
from warehouse.postgres.transfer import to_postgres, transfer_folder

SIGNED = Path(__file__).parents[1] / "transform" / "agreement.yml"


def pass_on(file: Path, to: Warehouse, schema: str, through: Path) -> None:
    """Copy one schema of a working file to the server."""
    with (
        to.connect() as session,
        duckdb.connect(str(file), read_only=True) as read,
        transfer_folder(through) as folder,
    ):
        session.execute(f"create schema {schema}")
        for table in duckdb_tables(read, [schema]):
            to_postgres(read, session, table, schema, folder)


def test_the_same_marts_to_the_last_digit(server: Server, tmp_path: Path) -> None:
    (tmp_path / "agreement.yml").write_text(SIGNED.read_text(encoding="utf-8"), encoding="utf-8")
    server.write_profiles(tmp_path, "build")
    signed, run = agreement.load(tmp_path / "agreement.yml"), Run("run-1", AS_OF)
    ours = open_warehouse(Project(tmp_path))
    write_raw(ours, collected().tables)
    project = Project(tmp_path, "postgres")
    on_server = open_warehouse(project)
    pass_on(ours.path, on_server, "raw_hubspot", tmp_path)
    transform.build(Project(tmp_path), signed, ours, run, Silent())
    transform.build(project, signed, on_server, run, Silent())
    with on_server.connect() as connection:
        tests = "select test_name from intermediate.data_test_results where verdict <> 'passed'"
        assert connection.execute(tests).fetchall() == []
    with on_server.as_duckdb() as copy:
        assert rows(copy, "marts") > 1000
        assert differences(copy, ours.path, "marts") == {}
