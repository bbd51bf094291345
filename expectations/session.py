"""Great Expectations on the open warehouse: runs expectations, and says what each of them found.

An ephemeral context, no network, no telemetry, no progress bars. An expectation that could not run is told
apart from one that is broken: Great Expectations reports both as `success=False`.
"""

import logging
import os
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from progress import Progress, Silent
from warehouse import Connection, Warehouse

if TYPE_CHECKING:
    from great_expectations.core import ExpectationValidationResult
    from great_expectations.expectations.expectation import Expectation

KEY = "check"
"""The entry of an expectation's meta that names it within its batch: results come back in another order."""


@dataclass(frozen=True)
class Finding:
    """What one expectation found. `evaluated` and `unexpected` count rows; `error`: it was not checked."""

    success: bool
    evaluated: int | None
    unexpected: int | None
    observed: Any = None
    error: str | None = None


class Session:
    """One Great Expectations context over a connection that is already open; `progress` counts its checks."""

    def __init__(
        self, warehouse: Warehouse, connection: Connection, progress: Progress | None = None
    ) -> None:
        os.environ["GX_ANALYTICS_ENABLED"] = "false"
        import great_expectations as gx
        from great_expectations.data_context.types.base import (
            DataContextConfig,
            InMemoryStoreBackendDefaults,
            ProgressBarsConfig,
        )

        self.warehouse = warehouse
        self._connection = connection
        self._progress = progress or Silent()
        stores = InMemoryStoreBackendDefaults(init_temp_docs_sites=False)
        self.context = gx.get_context(
            mode="ephemeral", project_config=DataContextConfig(store_backend_defaults=stores)
        )
        self.context.enable_analytics(enable=False)
        self.context.variables.progress_bars = ProgressBarsConfig(globally=False)

    def run(
        self, schema: str, suites: Mapping[str, Sequence["Expectation"]], what: str
    ) -> dict[str, dict[str, Finding]]:
        """Check tables or views of one schema: `suites` holds the expectations of each. Once for each schema.

        Whoever watches sees `what` counted.

        Returns:
            For each table the findings by each expectation's name in its meta (`KEY`). A table that Great
            Expectations cannot open makes every finding of it an error.
        """
        found = {}
        total = sum(len(expected) for expected in suites.values())
        with _quiet(), self._progress.track(what, total) as advance:
            source = self._source(schema, suites)
            for table, expected in suites.items():
                found[table] = self._checked(source, table, expected)
                advance(len(expected))
        return found

    def _source(self, schema: str, tables: Iterable[str]) -> Any:
        """All tables in one go: each change to a source costs a dump of the whole configuration."""
        from great_expectations.datasource.fluent.sql_datasource import TableAsset

        options: dict[str, Any] = {
            **self.warehouse.gx_source(self._connection, schema),
            "assets": [TableAsset(name=table, table_name=table, schema_name=schema) for table in tables],
        }
        return self.context.data_sources.add_sql(schema, **options)

    def _checked(self, source: Any, table: str, expectations: Sequence["Expectation"]) -> dict[str, Finding]:
        import great_expectations as gx

        names = [str((expectation.meta or {})[KEY]) for expectation in expectations]
        suite = gx.ExpectationSuite(table, expectations=list(expectations))
        try:
            asset = source.get_asset(table)
            batch = asset.get_batch(asset.build_batch_request())
            results = batch.validate(suite, result_format="BASIC").results
        except Exception as problem:  # noqa: BLE001  # whatever it was, the checks were not made
            return {name: _not_checked(str(problem)) for name in names}
        found = {str(result.expectation_config.meta[KEY]): _finding(result) for result in results}
        return {name: found.get(name, _not_checked("Great Expectations gave no result")) for name in names}


def _finding(result: "ExpectationValidationResult") -> Finding:
    error = _error(dict(result.exception_info or {}))
    if error is not None:
        return _not_checked(error)
    found = result.result
    evaluated, unexpected = found.get("element_count"), found.get("unexpected_count")
    if evaluated == 0:  # nobody to judge: native expectations then count nothing at all
        unexpected = 0
    return Finding(bool(result.success), evaluated, unexpected, found.get("observed_value"))


def _error(info: dict[str, Any]) -> str | None:
    """The first message of `exception_info`, which is one record, or one for each metric that failed."""
    records = [info] if "raised_exception" in info else list(info.values())
    for record in records:
        if record.get("raised_exception"):
            return str(record.get("exception_message") or "no message")
    return None


def _not_checked(why: str) -> Finding:
    return Finding(success=False, evaluated=None, unexpected=None, error=why)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Great Expectations' and SQLAlchemy's remarks off the terminal; findings carry what matters."""
    logger = logging.getLogger("great_expectations")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)
