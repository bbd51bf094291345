"""What is kept twice is kept whole: rows, shapes and what is said of the tables."""

from datetime import datetime
from pathlib import Path

import duckdb

from nightly.clock import run_id
from nightly.ledger import Entry, Ledger
from nightly.safekeeping import copy_of, keep
from project import Project
from warehouse import open_warehouse

BEGUN = datetime(2026, 11, 24, 20, 0, 0, 123000)
SAID = """
    select column_name, data_type, is_nullable, comment from duckdb_columns()
    where database_name = current_database() and schema_name = 'audit' order by table_name, column_index
"""


def test_the_copy_has_the_audit_with_its_contract(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.state_dir.mkdir()
    warehouse = open_warehouse(project)
    Ledger(project, warehouse).begin(Entry(run_id(BEGUN), BEGUN, as_of=BEGUN))
    keep(project, warehouse)
    with warehouse.connect() as connection:
        ours = connection.execute(SAID).fetchall()
    with duckdb.connect(str(copy_of(project)), read_only=True) as copy:
        kept = copy.execute(SAID).fetchall()
        rows = copy.execute("select run_id, status from audit.runs").fetchall()
    assert kept == ours
    assert all(comment for *_, comment in kept)
    assert rows == [(run_id(BEGUN), "running")]
