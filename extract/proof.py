"""The sync proof: the CRM's own count of each object against the warehouse's, for every run."""

from extract.declaration import Object
from extract.mending import Remainder
from extract.stored import live_rows
from project import Run
from warehouse import Warehouse

TABLE = """
create table if not exists audit.sync_proof (
    run_id varchar,
    object varchar,
    crm_rows bigint,
    warehouse_rows bigint,
    missing bigint,
    surplus bigint,
    verdict varchar
)
"""
Line = tuple[str, str, int, int, int, int, str]


def prove(warehouse: Warehouse, run: Run, one: Object, theirs: int, left: Remainder) -> Line:
    """The CRM's own count of `one` beside ours, and what still differs after a second look."""
    ours = live_rows(warehouse, one)
    verdict = "failed" if left.missing or left.surplus else "passed"
    return run.run_id, one.name, theirs, ours, left.missing, left.surplus, verdict


def write(warehouse: Warehouse, run: Run, lines: list[Line]) -> None:
    """Put the run's lines into `audit.sync_proof`, instead of any that it has already."""
    with warehouse.connect() as connection:
        connection.execute("create schema if not exists audit")
        connection.execute(TABLE)
        connection.execute("delete from audit.sync_proof where run_id = ?", [run.run_id])
        connection.executemany("insert into audit.sync_proof values (?, ?, ?, ?, ?, ?, ?)", lines)
