"""What one structural check is, and the kinds there are. Each becomes one expectation on one table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from expectations.engine_words import sayable
from expectations.outcome import Severity, StructuralResult
from expectations.session import KEY, Finding

if TYPE_CHECKING:
    from great_expectations.expectations.expectation import Expectation


@dataclass(frozen=True)
class StructuralCheck:
    """A truth about a table. `says` is what a failure means, with `{unexpected}` and `{observed}` in it."""

    name: str
    schema: str
    table: str
    says: str
    build: Callable[[Mapping[str, Any]], "Expectation"]
    severity: Severity = "critical"

    def expectation(self) -> "Expectation":
        """The check for Great Expectations."""
        meta = {KEY: self.name, "table": f"{self.schema}.{self.table}"}
        return self.build({"severity": self.severity, "description": self.says, "meta": meta})

    def result(self, finding: Finding) -> StructuralResult:
        """The check's verdict from what was found."""
        number = finding.observed if finding.unexpected is None else finding.unexpected
        observed = None if number is None else str(number)
        if finding.error is not None:
            return self._told("error", None, sayable(finding.error))
        if finding.success:
            return self._told("passed", observed, None)
        return self._told("failed", observed, self.says.format(unexpected=observed, observed=observed))

    def _told(self, verdict: Any, observed: str | None, detail: str | None) -> StructuralResult:
        table = f"{self.schema}.{self.table}"
        return StructuralResult(self.name, table, self.severity, verdict, observed, detail)


def keyed(
    schema: str, table: str, columns: tuple[str, ...], or_null: tuple[str, ...] = ()
) -> StructuralCheck:
    """Every row has the whole key, except that `or_null` may be null, and no two rows share it."""
    key = ", ".join((*columns, *or_null))
    lacking = " or ".join(f"{column} is null" for column in columns)
    query = f"select {key} from {{batch}} group by {key} having count(*) > 1 or {lacking}"
    return no_rows("key", schema, table, query, f"{{unexpected}} keys ({key}) are missing or occur twice.")


def has_columns(schema: str, table: str, columns: list[str]) -> StructuralCheck:
    """The table has the columns, whatever else it has."""
    from great_expectations.expectations.core.expect_table_columns_to_match_set import (
        ExpectTableColumnsToMatchSet,
    )

    return StructuralCheck(
        "columns",
        schema,
        table,
        f"it lacks some of the columns {', '.join(columns)}.",
        lambda common: ExpectTableColumnsToMatchSet(column_set=columns, exact_match=False, **common),
    )


def refers(schema: str, table: str, column: str, to: str, key: str) -> StructuralCheck:
    """What the column names exists in `to`; null names nothing."""
    query = (
        f"select child.{column} from (select {column} from {{batch}} as batch) as child"
        f" left join {to} as parent on parent.{key} = child.{column}"
        f" where child.{column} is not null and parent.{key} is null"
    )
    return no_rows(
        f"{column}_exists", schema, table, query, f"{{unexpected}} rows name a {column} that {to} lacks."
    )


def no_rows(name: str, schema: str, table: str, query: str, says: str) -> StructuralCheck:
    """`query`, over `{batch}`, finds nothing."""
    from expectations.rows_keep import ExpectRowsToKeep

    return StructuralCheck(
        name, schema, table, says, lambda common: ExpectRowsToKeep(unexpected_rows_query=query, **common)
    )


def row_count(
    name: str, schema: str, table: str, bounds: tuple[int, int | None], says: str
) -> StructuralCheck:
    """The table has a number of rows within `bounds`, both included; None: without end."""
    from great_expectations.expectations.core.expect_table_row_count_to_be_between import (
        ExpectTableRowCountToBeBetween,
    )

    least, most = bounds
    return StructuralCheck(
        name,
        schema,
        table,
        says,
        lambda common: ExpectTableRowCountToBeBetween(min_value=least, max_value=most, **common),
    )


def only_warned(check: StructuralCheck) -> StructuralCheck:
    """The same check, as one that never stops a publication."""
    return replace(check, severity="warning")
