"""What dbt's tests found, where the expectations room can read it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from warehouse import Warehouse

if TYPE_CHECKING:
    import duckdb

VERDICTS: dict[str, Literal["passed", "failed", "error"]] = {
    "pass": "passed",
    "fail": "failed",
    "warn": "failed",
}


@dataclass(frozen=True)
class DataTestResult:
    """One test. `table` is the model it is about; `failures` counts rows, null if it could not run.

    `names_broken` is the query of a test that holds a model to several promises: it names the broken ones.
    """

    name: str
    table: str | None
    verdict: Literal["passed", "failed", "error"]
    failures: int | None
    detail: str | None
    names_broken: str | None = None


def read_test(result: Any) -> DataTestResult:
    """From dbt's result of one test node: whatever is neither passed nor failed could not be checked."""
    models = [name.split(".")[-1] for name in result.node.depends_on.nodes]
    attached = getattr(result.node, "attached_node", None) or getattr(
        result.node, "tested_node_unique_id", None
    )
    table = attached.split(".")[-1] if attached else (models[-1] if models else None)
    verdict = VERDICTS.get(str(result.status), "error")
    kind = getattr(getattr(result.node, "test_metadata", None), "name", None)
    query = result.node.compiled_code if verdict == "failed" and kind == "one_row_per" else None
    return DataTestResult(result.node.name, table, verdict, result.failures, result.message, query)


def store_test_results(warehouse: Warehouse, tests: tuple[DataTestResult, ...]) -> None:
    """Replace `intermediate.data_test_results`: one row per test of the last build."""
    import pyarrow as pa

    schema = pa.schema(
        [
            ("test_name", pa.string()),
            ("table_name", pa.string()),
            ("verdict", pa.string()),
            ("failures", pa.int64()),
            ("detail", pa.string()),
        ]
    )
    with warehouse.connect() as connection:
        connection.execute("create schema if not exists intermediate")
        rows = [
            (test.name, test.table, test.verdict, test.failures, _detail(test, connection)) for test in tests
        ]
        columns = [pa.array([row[n] for row in rows], field.type) for n, field in enumerate(schema)]
        # One statement for all: row by row it took as long as ten models do.
        warehouse.write_table(
            connection, "intermediate.data_test_results", pa.Table.from_arrays(columns, schema=schema)
        )


def _detail(test: DataTestResult, connection: "duckdb.DuckDBPyConnection") -> str | None:
    """What dbt said, or which promises are broken and how often."""
    if test.names_broken is None:
        return test.detail
    broken = connection.execute(f"select broken, how_many from ({test.names_broken}) as t").fetchall()
    return "; ".join(f"{promise}: {how_many}" for promise, how_many in sorted(broken))
