"""What a run found, in `audit`: a run that is repeated under its id replaces its own rows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from expectations.outcome import RuleResult, StructuralResult
from project import Run
from warehouse.audit import audit_table

if TYPE_CHECKING:
    import duckdb


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
    audit_table("rule_results").put(connection, run.run_id, rows)


def record_structure(
    connection: "duckdb.DuckDBPyConnection", run: Run, results: Sequence[StructuralResult]
) -> None:
    """Write `audit.check_results` of this run."""
    rows = [
        (run.run_id, r.check_name, r.table_name, r.severity, r.verdict, r.observed, r.detail) for r in results
    ]
    audit_table("check_results").put(connection, run.run_id, rows)
