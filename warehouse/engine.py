"""What the rooms may ask of a warehouse, whichever engine it is."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

Connection: TypeAlias = "duckdb.DuckDBPyConnection"
"""An open session in UTC: `execute`, `executemany` and the fetching of rows are there on every engine.

Rooms write what the engines share, with `?` for parameters; `create or replace table` is understood on all.
Each statement is its own transaction unless `begin` says otherwise.
"""


@dataclass(frozen=True)
class Adopted:
    """What was taken over from a working file."""

    tables: int
    rows: int


@dataclass(frozen=True)
class Warehouse(ABC):
    """One output of the profile `smarketing`: where raw tables become marts.

    `path` is absolute: the working file, or the place on this machine where a server's tables pass through.
    """

    target: str
    path: Path
    options: dict[str, Any] = field(repr=False)  # may hold a password

    engine: ClassVar[str]  # also the name of the SQL dialect that computes the marts
    keeps_rows: ClassVar[bool] = True  # rows of a table can be replaced; otherwise every build is a whole one

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be shown."""
        return ()

    @property
    def spoken(self) -> str:
        """The SQL dialect of its sessions."""
        return self.engine

    def understood(self, query: str) -> str:
        """A query that dbt compiled, as sessions understand it."""
        return query

    @property
    @abstractmethod
    def problem(self) -> type[Exception]:
        """What its connections raise when a statement fails."""

    @property
    @abstractmethod
    def exists(self) -> bool:
        """Whether anything was ever written to it."""

    @abstractmethod
    def connect(self) -> AbstractContextManager[Connection]:
        """A session, closed at the end of the block."""

    @abstractmethod
    def write_table(self, connection: Connection, table: str, content: "pa.Table") -> None:
        """Create `table` (`schema.name`) or replace it, with these rows."""

    @abstractmethod
    def typed(self, text: str, kind: str) -> str:
        """SQL for a text of the CRM's history as a type of the agreement's; what does not fit is null.

        History tells instants as milliseconds from 1970, imports sometimes in words.
        """

    @abstractmethod
    def as_duckdb(self) -> AbstractContextManager["duckdb.DuckDBPyConnection"]:
        """A DuckDB session whose own catalog holds `marts` and `audit` as they are now."""

    @abstractmethod
    def copy_to(self, file: Path) -> None:
        """Put a copy of everything into a new DuckDB working file."""

    @abstractmethod
    def adopt(self, file: Path) -> Adopted:
        """Take over everything from a DuckDB working file.

        Raises:
            UsageProblem: this warehouse holds tables already, or is such a file itself.
        """

    @abstractmethod
    def gx_source(self, connection: Connection, schema: str) -> dict[str, Any]:
        """How Great Expectations' `add_sql` reaches the tables of `schema` that `connection` sees."""

    @abstractmethod
    def dlt_destination(self) -> Any:
        """What dlt loads into."""

    @abstractmethod
    def dbt_profile(self) -> dict[str, Any]:
        """The profile as dbt reads it: transform writes it where dbt looks."""

    @abstractmethod
    def let_go(self) -> None:
        """Close what dbt keeps open."""

    @contextmanager
    def limited(self) -> Iterator[None]:
        """Hold the warehouse open for many short questions, with little memory of this process."""
        with self.connect():
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Take what memory of this process a large load needs, and let go of it at the end of the block."""
        yield

    @contextmanager
    def alone(self, who: str) -> Iterator[None]:
        """Keep runs of other machines away for the block; `who` is what they are told.

        A file's own lock is enough for a file.

        Raises:
            Locked: another machine's run is at work on the same server.
        """
        yield

    @abstractmethod
    def show(self, publication_id: str, database: Path) -> None:
        """Let a server's readers see a publication, whose tables are in the DuckDB file `database`."""

    @abstractmethod
    def keep_only(self, publication_ids: Collection[str]) -> None:
        """Forget a server's copies of all other publications."""
