"""What a run found, in `audit`: a run that is repeated under its id replaces its own rows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from expectations.outcome import RuleResult, StructuralResult
from project import Run

if TYPE_CHECKING:
    import duckdb

RULE_RESULTS = (
    "run_id varchar, rule varchar, stage varchar, department varchar, severity varchar, evaluated bigint,"
    " violations bigint, waived bigint, rate double precision, tolerance double precision,"
    " verdict varchar, agreement_version varchar, checked_at timestamp, detail varchar"
)
CHECK_RESULTS = (
    "run_id varchar, check_name varchar, table_name varchar, severity varchar, verdict varchar,"
    " observed varchar, detail varchar"
)


def record_rules(connection: "duckdb.DuckDBPyConnection", run: Run, results: Sequence[RuleResult]) -> None:
    """Write `audit.rule_results` of this run; `checked_at` is the run's as_of."""
    rows = [
        (
            run.run_id,
            r.rule,
            r.stage,
            r.department,
            r.severity,
            r.evaluated,
            r.violations,
            r.waived,
            r.rate,
            r.tolerance,
            r.verdict,
            r.agreement_version,
            run.as_of,
            r.detail,
        )
        for r in results
    ]
    _replace(connection, "audit.rule_results", RULE_RESULTS, run, rows)


def record_structure(
    connection: "duckdb.DuckDBPyConnection", run: Run, results: Sequence[StructuralResult]
) -> None:
    """Write `audit.check_results` of this run."""
    rows = [
        (run.run_id, r.check_name, r.table_name, r.severity, r.verdict, r.observed, r.detail) for r in results
    ]
    _replace(connection, "audit.check_results", CHECK_RESULTS, run, rows)


def _replace(
    connection: "duckdb.DuckDBPyConnection",
    table: str,
    columns: str,
    run: Run,
    rows: Sequence[tuple[Any, ...]],
) -> None:
    connection.execute(f"create table if not exists {table} ({columns})")
    connection.execute("begin")
    connection.execute(f"delete from {table} where run_id = ?", [run.run_id])
    if rows:
        places = ", ".join("?" for _ in rows[0])
        connection.executemany(f"insert into {table} values ({places})", rows)
    connection.execute("commit")
