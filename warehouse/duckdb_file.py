"""DuckDB: one working file in the project folder, ours alone."""

import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from errors import UsageProblem
from warehouse.embedded import Embedded
from warehouse.engine import Adopted

if TYPE_CHECKING:
    import duckdb

SYNC_MEMORY = "128MB"  # beyond it the engine spills to disk; what it may take otherwise grows with the file
CHECKPOINT_AT = "48MB"  # of log, two loads: up to the gigabyte that dlt sets, rows stay in memory
LITTLE = "16MB"


@dataclass(frozen=True)
class DuckDBFile(Embedded):
    """`path` is the file."""

    engine: ClassVar[str] = "duckdb"

    @property
    def _settings(self) -> dict[str, Any]:
        """DuckDB's settings from profiles.yml; its sessions are in UTC whatever is said there."""
        told = self.options.get("settings") or {}
        return {name: told[name] for name in told if name.lower() != "timezone"} | {"TimeZone": "UTC"}

    def _set(self, connection: "duckdb.DuckDBPyConnection", name: str, value: object) -> None:
        import duckdb

        identifier, quoted = name.replace('"', '""'), str(value).replace("'", "''")
        try:
            connection.execute(f"set \"{identifier}\" = '{quoted}'")
        except duckdb.Error as error:
            said = f"DuckDB refuses the setting {name}: {value} of profiles.yml. {error}"
            raise UsageProblem(said) from None

    @property
    def exists(self) -> bool:
        """Whether the file is there."""
        return self.path.is_file()

    @contextmanager
    def connect(self) -> Iterator["duckdb.DuckDBPyConnection"]:
        """A connection to the working file, its session in UTC; closed at the end of the block.

        Raises:
            UsageProblem: DuckDB refuses one of the settings in profiles.yml.
        """
        import duckdb

        connection = duckdb.connect(str(self.path))
        try:
            for name, value in self._settings.items():
                self._set(connection, name, value)
            yield connection
        finally:
            connection.close()

    @contextmanager
    def as_duckdb(self) -> Iterator["duckdb.DuckDBPyConnection"]:
        """The file itself."""
        with self.connect() as connection:
            yield connection

    def copy_to(self, file: Path) -> None:
        """Copy the file, and what a killed run left in its log."""
        shutil.copyfile(self.path, file)
        log = self.path.with_name(f"{self.path.name}.wal")
        if log.is_file():
            shutil.copyfile(log, file.with_name(f"{file.name}.wal"))

    def adopt(self, file: Path) -> Adopted:
        """A file takes over nothing: it can be copied.

        Raises:
            UsageProblem: always.
        """
        raise UsageProblem(f"{self.path} is a DuckDB file and takes over no other: copy {file} there.")

    def dlt_destination(self) -> Any:
        """What dlt loads into. As text the path would be taken for an address, and SQLAlchemy be loaded.

        What is settled here dlt does not look for in its configuration, which it does many times a load. What
        it sets itself for the whole database can be put right only after it, by a statement.
        """
        import dlt
        from dlt.destinations.impl.duckdb.configuration import DuckDbCredentials

        credentials = DuckDbCredentials()
        credentials.database = str(self.path)
        credentials.statements = [f"set global checkpoint_threshold = '{CHECKPOINT_AT}'"]
        credentials.resolve()
        return dlt.destinations.duckdb(credentials, staging_config=None)

    def dbt_profile(self) -> dict[str, Any]:
        """With absolute paths."""
        output = self.options | {"path": str(self.path), "settings": self._settings}
        return {"smarketing": {"target": self.target, "outputs": {self.target: output}}}

    def let_go(self) -> None:
        """Dbt keeps the file open after it has run."""
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager

        connections: Any = DuckDBConnectionManager
        connections.close_all_connections()

    @contextmanager
    def limited(self) -> Iterator[None]:
        """Opening the file anew costs more than most questions to it."""
        with self.connect() as connection:
            connection.execute(f"set memory_limit = '{SYNC_MEMORY}'")
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """No limit but the user's: long texts that are being written cannot be spilled.

        At the end, pages of the file are let go of: a low limit evicts what it can, reached or not.
        """
        import duckdb

        with self.connect() as connection:
            (before,) = connection.execute("select current_setting('memory_limit')").fetchall()[0]
            if "memory_limit" not in self._settings:
                connection.execute("reset memory_limit")
            try:
                yield
            finally:
                with suppress(duckdb.OutOfMemoryException):
                    connection.execute(f"set memory_limit = '{LITTLE}'")
                connection.execute(f"set memory_limit = '{before}'")

    def show(self, publication_id: str, database: Path) -> None:
        """Nothing: its readers open the publication's own file."""

    def keep_only(self, publication_ids: Collection[str]) -> None:
        """Nothing: the publications' folders are all there is."""
