"""The expectation where no native one says the same: rows keep a condition, but for a tolerated share."""

from typing import Any, ClassVar

from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation

ROWS = "table.row_count"
BROKEN = "unexpected_rows_query.row_count"


class ExpectRowsToKeep(UnexpectedRowsExpectation):
    """The rows that `unexpected_rows_query` returns are at most the share 1 - `mostly` of the batch.

    Great Expectations' own class knows no tolerance, and fetches rows that nobody reads: this one counts.
    """

    mostly: float = 1.0

    metric_dependencies: ClassVar[tuple[str, ...]] = (ROWS, BROKEN)
    success_keys: ClassVar[tuple[str, ...]] = ("unexpected_rows_query", "mostly")

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: Any = None,
    ) -> dict[str, Any]:
        rows, broken = int(metrics[ROWS]), int(metrics[BROKEN])
        return {
            "success": (rows - broken) / rows >= self.mostly if rows else broken == 0,
            "result": {"observed_value": broken, "element_count": rows, "unexpected_count": broken},
        }
