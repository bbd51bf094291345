"""What dbt's tests found, where the expectations room can read it."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from warehouse import Warehouse

if TYPE_CHECKING:
    import duckdb

VERDICTS: dict[str, Literal["passed", "failed", "error"]] = {
    "pass": "passed",
    "fail": "failed",
    "warn": "failed",
}
PROMISES = "one_row_per"
LAYER = "assert_rows_are_as_promised_in_"
"""How the tests are called that stand for all promises of a layer."""


@dataclass(frozen=True)
class DataTestResult:
    """One test. `table` is the model it is about; `failures` counts rows, null if it could not run.

    `names_broken` is the query of a test that holds models to several promises: it names the broken ones.
    `stands_for` are the tests, by name and with their tables, that this one made in a single go.
    """

    name: str
    table: str | None
    verdict: Literal["passed", "failed", "error"]
    failures: int | None
    detail: str | None
    names_broken: str | None = None
    stands_for: dict[str, str] = field(default_factory=dict)


def read_test(result: Any, manifest: Any) -> DataTestResult:
    """From dbt's result of one test node: whatever is neither passed nor failed could not be checked."""
    name = str(result.node.name)
    layer = name.removeprefix(LAYER) if name.startswith(LAYER) else None
    verdict = VERDICTS.get(str(result.status), "error")
    names_broken = layer is not None or metadata_name(result.node) == PROMISES
    query = result.node.compiled_code if verdict == "failed" and names_broken else None
    stands_for = _promises(manifest, layer) if layer else {}
    return DataTestResult(
        name, _table(result.node), verdict, result.failures, result.message, query, stands_for
    )


def metadata_name(node: Any) -> str | None:
    """Which generic test a node is of; None for any other node."""
    return getattr(getattr(node, "test_metadata", None), "name", None)


def _table(node: Any) -> str | None:
    models = [name.split(".")[-1] for name in node.depends_on.nodes]
    attached = getattr(node, "attached_node", None) or getattr(node, "tested_node_unique_id", None)
    return attached.split(".")[-1] if attached else (models[-1] if models else None)


def _promises(manifest: Any, layer: str) -> dict[str, str]:
    held = {
        node.name: manifest.nodes[node.attached_node]
        for node in manifest.nodes.values()
        if metadata_name(node) == PROMISES
    }
    return {name: model.name for name, model in held.items() if model.fqn[1] == layer}


def store_test_results(warehouse: Warehouse, tests: tuple[DataTestResult, ...]) -> tuple[DataTestResult, ...]:
    """Replace `intermediate.data_test_results`, one row per test of the last build, and return the rows."""
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
        stored = tuple(one for test in tests for one in _each(test, warehouse, connection))
        rows = [(test.name, test.table, test.verdict, test.failures, test.detail) for test in stored]
        columns = [pa.array([row[n] for row in rows], column.type) for n, column in enumerate(schema)]
        # One statement for all: row by row it took as long as ten models do.
        warehouse.write_table(
            connection, "intermediate.data_test_results", pa.Table.from_arrays(columns, schema=schema)
        )
    return stored


def _each(
    test: DataTestResult, warehouse: Warehouse, connection: "duckdb.DuckDBPyConnection"
) -> list[DataTestResult]:
    """The test, or those that it stands for, each with what dbt said or which promises are broken."""
    if not test.stands_for:
        return (
            [replace(test, detail=_told(_broken(test, warehouse, connection)[None]))]
            if test.names_broken
            else [test]
        )
    if test.verdict == "error":
        return [replace(test, name=name, table=table) for name, table in sorted(test.stands_for.items())]
    broken = _broken(test, warehouse, connection)
    return [
        DataTestResult(
            name,
            table,
            "failed" if name in broken else "passed",
            sum(how_many for _, how_many in broken[name]) if name in broken else 0,
            _told(broken[name]) if name in broken else None,
        )
        for name, table in sorted(test.stands_for.items())
    ]


def _broken(
    test: DataTestResult, warehouse: Warehouse, connection: "duckdb.DuckDBPyConnection"
) -> dict[str | None, list[tuple[str, int]]]:
    """Broken promises and how often, by the test's name if it stands for several."""
    found: dict[str | None, list[tuple[str, int]]] = defaultdict(list)
    if test.names_broken is None:
        return found
    name = "test_name" if test.stands_for else "null as test_name"
    query = f"select {name}, broken, how_many from ({warehouse.understood(test.names_broken)}) as t"
    for of, promise, how_many in connection.execute(query).fetchall():
        found[of].append((promise, how_many))
    return found


def _told(broken: list[tuple[str, int]]) -> str:
    return "; ".join(f"{promise}: {how_many}" for promise, how_many in sorted(broken))
