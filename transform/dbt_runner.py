"""dbt in this process: quiet, offline, and writing only into the project folder."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import yaml

from progress import Progress
from project import Project
from transform.parsing import Parsed
from transform.test_results import PROMISES, DataTestResult, metadata_name, read_test
from warehouse import Warehouse

DBT_PROJECT = Path(__file__).parent / "dbt"
# What dbt would write about each command is megabytes of JSON, a tenth of a build.
_SILENT = ("--no-write-json",)


class Dbt:
    """One session of dbt on `warehouse`; parses once, and lets go of the warehouse at the end."""

    def __init__(
        self, project: Project, warehouse: Warehouse, variables: dict[str, Any], progress: Progress
    ) -> None:
        self._home = project.state_dir / "dbt"
        self._warehouse = warehouse
        self._variables = json.dumps(variables, sort_keys=True)
        self._progress = progress
        self._parsed = Parsed(project, DBT_PROJECT, warehouse, self._variables)
        self._manifest: Any = None

    def __enter__(self) -> "Dbt":
        self._home.mkdir(parents=True, exist_ok=True)
        profile = yaml.safe_dump(self._warehouse.dbt_profile(), sort_keys=True)
        (self._home / "profiles.yml").write_text(profile, encoding="utf-8")
        try:
            self._manifest = self._parsed.manifest(lambda: self.invoke("parse", *_SILENT).result)
        except BaseException:
            self._let_go()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._let_go()

    @property
    def models(self) -> dict[str, Any]:
        """dbt's nodes of the models, by unique id."""
        nodes = self._manifest.nodes.items()
        return {key: node for key, node in nodes if node.resource_type == "model"}

    def run(self, *, full_refresh: bool = False, select: tuple[str, ...] = ()) -> int:
        """Build the models; returns how many.

        Raises:
            RuntimeError: one failed.
        """
        extra = ["--full-refresh"] if full_refresh else []
        with self._counting("building models", None if select else self._count("model")) as callback:
            outcome = self.invoke("run", *_SILENT, *extra, *_selection(select), callback=callback)
        return len(_of_nodes(outcome))

    def test(self, *, kind: str = "data", select: tuple[str, ...] = ()) -> tuple[DataTestResult, ...]:
        """Run the tests of one `kind` (`data` or `unit`) and return every verdict, by name.

        What models promise of their rows is looked at layer by layer, unless models are selected.
        """
        chosen = _selection(tuple(f"{name},test_type:{kind}" for name in select) or (f"test_type:{kind}",))
        others = ["--exclude", f"test_name:{PROMISES}"] if kind == "data" and not select else []
        with self._counting("testing tables", None if select else self._count("test")) as callback:
            outcome = self.invoke("test", *_SILENT, *chosen, *others, callback=callback, may_fail=True)
        results = [] if outcome.result is None else _of_nodes(outcome)
        found = [read_test(one, self._manifest) for one in results]
        return tuple(sorted(found, key=lambda test: test.name))

    def document(self) -> Path:
        """Describe the project and the warehouse's tables in one HTML page that needs nothing else."""
        self._manifest = None  # given one, dbt would not write it
        self._manifest = self.invoke("parse").result
        self.invoke("docs generate", "--static", "--no-compile")
        return self._home / "target" / "static_index.html"

    def compiled(self, sql: str) -> str:
        """The engine's SQL for a piece of SQL with macros and refs in it."""
        outcome = self.invoke("compile", "--inline", sql)
        return str(outcome.result.results[0].node.compiled_code)

    def invoke(
        self,
        command: str,
        *arguments: str,
        callback: Callable[[Any], None] | None = None,
        may_fail: bool = False,
    ) -> Any:
        """Run one dbt command; returns dbtRunner's result.

        Raises:
            RuntimeError: it failed, with what dbt said about each node. Tests that find something have not.
        """
        from dbt.cli.main import dbtRunner

        callbacks = [callback] if callback else []
        outcome = dbtRunner(manifest=self._manifest, callbacks=callbacks).invoke(
            [*self._global_flags(), *command.split(), *self._flags(), *arguments]
        )
        if outcome.exception is not None or (not outcome.success and not may_fail):
            raise RuntimeError(f"dbt {command} failed. {_complaint(outcome)}")
        return outcome

    def _global_flags(self) -> list[str]:
        log = ["--log-level", "none", "--log-path", str(self._home / "logs"), "--log-level-file", "warn"]
        quiet = ["--quiet", "--no-print", "--no-send-anonymous-usage-stats", "--no-version-check"]
        return [*log, *quiet]

    def _flags(self) -> list[str]:
        folders = ["--project-dir", str(DBT_PROJECT), "--profiles-dir", str(self._home)]
        return [*folders, "--target-path", str(self._home / "target"), "--vars", self._variables]

    @contextmanager
    def _counting(self, what: str, total: int | None) -> Iterator[Callable[[Any], None]]:
        with self._progress.track(what, total) as advance:
            yield lambda event: advance(1) if event.info.name == "NodeFinished" else None

    def _count(self, kind: str) -> int:
        nodes = [node for node in self._manifest.nodes.values() if node.resource_type == kind]
        return sum(metadata_name(node) != PROMISES for node in nodes)

    def _let_go(self) -> None:
        self._warehouse.let_go()


def _selection(names: tuple[str, ...]) -> list[str]:
    return ["--select", *names] if names else []


def _of_nodes(outcome: Any) -> list[Any]:
    """What came of models and tests, without what dbt does before them."""
    return [one for one in outcome.result.results if one.node.resource_type != "operation"]


def _complaint(outcome: Any) -> str:
    if outcome.exception is not None:
        return str(outcome.exception)
    broken = [each for each in outcome.result.results if str(each.status) in ("error", "fail")]
    return " ".join(f"{each.node.name}: {each.message}" for each in broken) or "It did not say why."
