"""All structural checks of one night, on raw and marts, and what dbt's own tests said."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from expectations import nights, truths
from expectations.catalogue import MARTS, RAW
from expectations.known import table_exists
from expectations.outcome import StructuralResult
from expectations.session import Session
from expectations.structural import StructuralCheck, no_rows, row_count
from project import Run

if TYPE_CHECKING:
    import duckdb

    from agreement.model import Agreement

TESTS = ("intermediate", "data_test_results")
PROOF = ("audit", "sync_proof")


def check_structure(
    connection: "duckdb.DuckDBPyConnection",
    session: Session,
    agreement: "Agreement",
    run: Run,
    largest_drop: float,
) -> tuple[StructuralResult, ...]:
    """Every check that can be made, and a failure for each expected table that is missing; by table."""
    checks = [
        *(check for table in (*RAW, *MARTS) for check in table.checks()),
        *truths.leads(agreement, run.as_of),
        *truths.lifecycle_stages(),
        *truths.deals(run.as_of),
        *nights.sync(connection, run),
        *nights.histories(connection),
        *nights.swings(connection, run, largest_drop),
        *_dbt_tests(),
    ]
    expected = list(dict.fromkeys((*((t.schema, t.name) for t in (*RAW, *MARTS)), PROOF, TESTS)))
    missing = [place for place in expected if not table_exists(connection, *place)]
    results = [_missing(*place) for place in missing]
    results += _run(session, [check for check in checks if (check.schema, check.table) not in missing])
    if TESTS not in missing:
        results += _failed_dbt_tests(connection)
    return tuple(sorted(results, key=lambda result: (result.table_name, result.check_name)))


def _run(session: Session, checks: Sequence[StructuralCheck]) -> list[StructuralResult]:
    results: list[StructuralResult] = []
    for schema in dict.fromkeys(check.schema for check in checks):
        here = [check for check in checks if check.schema == schema]
        suites = {
            table: [check.expectation() for check in here if check.table == table]
            for table in dict.fromkeys(check.table for check in here)
        }
        found = session.run(schema, suites, f"checks of {schema}")
        results += [check.result(found[check.table][check.name]) for check in here]
    return results


def _missing(schema: str, table: str) -> StructuralResult:
    return StructuralResult(
        "exists", f"{schema}.{table}", "critical", "failed", None, "there is no such table."
    )


def _dbt_tests() -> Iterable[StructuralCheck]:
    broken = "select test_name from {batch} where verdict is distinct from 'passed'"
    yield row_count("dbt_tests_were_made", *TESTS, (1, None), "no data test was made.")
    yield no_rows("dbt_tests_passed", *TESTS, broken, "{unexpected} data tests did not pass.")


def _failed_dbt_tests(connection: "duckdb.DuckDBPyConnection") -> list[StructuralResult]:
    rows = connection.execute(
        "select test_name, table_name, verdict, failures, detail from intermediate.data_test_results"
        " where verdict is distinct from 'passed' order by test_name"
    ).fetchall()
    return [
        StructuralResult(
            name,
            f"marts.{table}" if table else "marts",
            "critical",
            "failed" if verdict == "failed" else "error",
            None if failures is None else str(failures),
            detail or f"{failures} rows fail the test.",
        )
        for name, table, verdict, failures, detail in rows
    ]
