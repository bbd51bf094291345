"""Tonight against the nights before: was the CRM really read, and did anything shrink that should not."""

from typing import TYPE_CHECKING

from expectations.known import table_exists
from expectations.sql import instant, text
from expectations.structural import StructuralCheck, no_rows, only_warned, row_count
from project import Run

if TYPE_CHECKING:
    import duckdb

COUNTED = (
    ("raw_hubspot", "contacts"),
    ("raw_hubspot", "companies"),
    ("raw_hubspot", "deals"),
    ("raw_hubspot", "property_history"),
    ("marts", "leads"),
    ("marts", "lifecycle_stages"),
    ("marts", "touches"),
    ("marts", "deals"),
    ("marts", "lead_handoffs"),
)
ROWS = "row_count"
GROWTH = 2
QUIET_DAYS = 7
UNPROVED = "coalesce(verdict, 'error') not in ('passed', 'absent')"


def swings(connection: "duckdb.DuckDBPyConnection", run: Run, largest_drop: float) -> list[StructuralCheck]:
    """Each counted table against the last good night: to lose more than `largest_drop` of it is critical.

    To more than double is a warning. The counts found are what the next night is measured by.
    """
    before = _counts_of_last_good_night(connection, run)
    checks: list[StructuralCheck] = []
    for schema, table in COUNTED:
        count = before.get(f"{schema}.{table}")
        least = 0 if count is None else _least(count, largest_drop)
        says = f"it has {{observed}} rows, and had {count} on the last good night."
        checks.append(row_count(ROWS, schema, table, (least, None), says))
        if count:
            most = GROWTH * count
            checks.append(only_warned(row_count("row_count_growth", schema, table, (0, most), says)))
    return checks


def sync(connection: "duckdb.DuckDBPyConnection", run: Run) -> list[StructuralCheck]:
    """The sync that tonight stands on proved itself against the CRM, object by object."""
    proof = text(_run_of_sync(connection, run))
    table = ("audit", "sync_proof")
    unproved = f"select object from {{batch}} where run_id = {proof} and {UNPROVED}"
    proved = (
        f"select 1 from (select count(*) as n from {{batch}} where run_id = {proof}) as lines where n = 0"
    )
    quiet = (
        f"select 1 from (select max(updated_at) as newest from {{batch}}) as contacts"
        f" where newest < {instant(run.as_of)} - interval '{QUIET_DAYS}' day"
    )
    return [
        no_rows("sync_is_proved", *table, proved, "the sync left no proof."),
        no_rows(
            "sync_agrees_with_crm",
            *table,
            unproved,
            f"{{unexpected}} objects differ from the CRM. {_differences(connection, run)}",
        ),
        only_warned(
            no_rows(
                "sync_reads_all_objects",
                *table,
                f"select object from {{batch}} where run_id = {proof} and verdict = 'absent'",
                "{unexpected} optional objects could not be read: the portal or the token lacks them.",
            )
        ),
        only_warned(
            no_rows(
                "sync_is_fresh",
                "raw_hubspot",
                "contacts",
                quiet,
                f"no contact changed in the last {QUIET_DAYS} days.",
            )
        ),
    ]


def histories(connection: "duckdb.DuckDBPyConnection") -> list[StructuralCheck]:
    """Histories that were longer than the CRM remembers when they were read first: leads to look at."""
    if not table_exists(connection, "raw_hubspot", "cut_histories"):
        return []
    cut = "select object_id from {batch} where object_type = 'contacts' group by object_id"
    says = "{unexpected} leads changed more often than the CRM remembers: their first changes may be unknown."
    return [only_warned(no_rows("histories_are_whole", "raw_hubspot", "cut_histories", cut, says))]


def _differences(connection: "duckdb.DuckDBPyConnection", run: Run) -> str:
    """What the proof says of the objects that differ, ids included."""
    if not table_exists(connection, "audit", "sync_proof"):
        return ""
    rows = connection.execute(
        f"select * from audit.sync_proof where run_id = ? and {UNPROVED} order by object",
        [_run_of_sync(connection, run)],
    )
    columns = [column[0] for column in rows.description or ()]
    found = [dict(zip(columns, row, strict=True)) for row in rows.fetchall()]
    told = " ".join(str(line.get("detail") or f"{line['object']}.") for line in found)
    return told.replace("{", "{{").replace("}", "}}")


def _least(count: int, largest_drop: float) -> int:
    """The fewest rows that are not a drop of `largest_drop` or more; a handful may go."""
    handful = 10
    return 0 if count < handful else int(count * (1 - largest_drop)) + (1 if largest_drop < 1 else 0)


def _run_of_sync(connection: "duckdb.DuckDBPyConnection", run: Run) -> str:
    """The run whose sync filled raw: this one, or for `check` alone the newest before it that synced."""
    if not table_exists(connection, "audit", "runs"):
        return run.run_id
    row = connection.execute(
        "select max(run_id) from audit.runs where run_id <= ? and ' ' || stages || ' ' like '% sync %'",
        [run.run_id],
    ).fetchone()
    return str(row[0]) if row and row[0] else run.run_id


def _counts_of_last_good_night(connection: "duckdb.DuckDBPyConnection", run: Run) -> dict[str, int]:
    if not all(table_exists(connection, "audit", table) for table in ("runs", "check_results")):
        return {}
    rows = connection.execute(
        "select table_name, cast(observed as bigint) from audit.check_results"
        " where check_name = ? and observed is not null and run_id = (select max(checks.run_id)"
        " from audit.check_results as checks inner join audit.runs as runs on runs.run_id = checks.run_id"
        " where runs.run_id < ? and runs.status in ('published', 'finished') and runs.refusals is null)",
        [ROWS, run.run_id],
    ).fetchall()
    return dict(rows)
