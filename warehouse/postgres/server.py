"""The engine: what the rooms ask of a warehouse, answered by a PostgreSQL server."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from warehouse.engine import Adopted, Connection, Warehouse
from warehouse.postgres import casting
from warehouse.postgres.address import Address
from warehouse.postgres.preparing import prepare
from warehouse.postgres.session import connected
from warehouse.postgres.shapes import duckdb_columns
from warehouse.postgres.transfer import export, load, to_duckdb, transfer_folder

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

PUBLISHED = ("marts", "audit")


@dataclass(frozen=True)
class PostgresServer(Warehouse):
    """`path` is a folder of this machine that tables pass through; `options` are as profiles.yml has them."""

    address: Address

    engine: ClassVar[str] = "postgres"

    @property
    def secrets(self) -> tuple[str, ...]:
        """The password."""
        return (str(self.address.login["password"]),)

    @property
    def problem(self) -> type[Exception]:
        """The driver's own."""
        import psycopg2

        return psycopg2.Error

    @property
    def exists(self) -> bool:
        """Whether a sync has written its raw tables."""
        with self.connect() as connection:
            there = connection.execute("select 1 from pg_namespace where nspname = 'raw_hubspot'").fetchone()
            return there is not None

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """A session in the working database."""
        prepare(self.address)
        with connected(self.address, self.address.working) as session:
            yield cast("Connection", session)

    def write_table(self, connection: Connection, table: str, content: "pa.Table") -> None:
        """Create or replace it, the rows passing through a file."""
        import duckdb

        with transfer_folder(self.path) as folder, duckdb.connect() as memory:
            memory.register("arrow_table", content)
            memory.execute("create table content as from arrow_table")
            columns = duckdb_columns(memory, "main", "content")
            shape = ", ".join(f'"{column.name}" {column.in_postgres}' for column in columns)
            connection.execute(f"create or replace table {table} ({shape})")
            export(memory, "content", folder / "table.csv")
            load(connection, table, folder / "table.csv")

    def typed(self, text: str, kind: str) -> str:
        """With functions of our own."""
        epoch = f"{text} ~ '^-?[0-9]{{10,}}$'"
        instant = f"(timestamp '1970-01-01' + public.try_integer({text}) * interval '1 millisecond')"
        told = casting.cast(text, kind)
        if kind in ("date", "datetime"):
            return f"case when {epoch} then public.try_{kind}({instant}) else {told} end"
        return told

    @contextmanager
    def as_duckdb(self) -> Iterator["duckdb.DuckDBPyConnection"]:
        """A copy of both schemas in a file that is gone at the end of the block."""
        with self._copied(PUBLISHED) as connection:
            yield connection

    @contextmanager
    def _copied(self, schemas: Collection[str]) -> Iterator["duckdb.DuckDBPyConnection"]:
        import duckdb

        prepare(self.address)
        with (
            transfer_folder(self.path) as folder,
            duckdb.connect(str(folder / "working.duckdb")) as copy,
            connected(self.address, self.address.working) as session,
        ):
            copy.execute("set timezone = 'UTC'")
            session.execute("begin isolation level repeatable read read only")
            for schema in schemas:
                to_duckdb(session, copy, schema, folder)
            session.execute("commit")
            yield copy

    def copy_to(self, file: Path) -> None:
        """Copy every table of the working database; dbt makes views anew."""
        import duckdb

        prepare(self.address)
        with (
            transfer_folder(self.path) as folder,
            duckdb.connect(str(file)) as copy,
            connected(self.address, self.address.working) as session,
        ):
            copy.execute("set timezone = 'UTC'")
            session.execute("begin isolation level repeatable read read only")
            schemas = session.execute(
                "select schema_name from information_schema.schemata where schema_name <> 'public' and"
                " schema_name <> 'information_schema' and schema_name not like 'pg\\_%' order by 1"
            ).fetchall()
            for (schema,) in schemas:
                to_duckdb(session, copy, schema, folder, views=False)
            session.execute("commit")

    def adopt(self, file: Path) -> Adopted:
        """Copy every table in one transaction."""
        from warehouse.postgres.adopting import adopt

        prepare(self.address)
        return adopt(self.address, file, self.path)

    def gx_source(self, connection: Connection, schema: str) -> dict[str, Any]:
        """One connection that stays open, for its results are read late, and commits at once."""
        from sqlalchemy.pool import StaticPool

        from warehouse.postgres.session import open_raw

        search_path = f"{schema},public"
        return {
            "connection_string": self.address.url(self.address.working),
            "kwargs": {
                "creator": lambda: open_raw(self.address, self.address.working, search_path=search_path),
                "poolclass": StaticPool,
                "isolation_level": "AUTOCOMMIT",
            },
        }

    def dlt_destination(self) -> Any:
        """What dlt loads into."""
        from warehouse.postgres.dlt_destination import Destination

        prepare(self.address)
        login = self.address.login
        return Destination(
            {
                "host": login["host"],
                "port": int(login["port"]),
                "username": login["user"],
                "password": login["password"],
                "database": self.address.working,
                "connect_timeout": int(login["connect_timeout"]),
            }
        )

    def dbt_profile(self) -> dict[str, Any]:
        """Secrets stay the references that profiles.yml has, if it has them so."""
        ours = ("working_dbname", "reader_role", "database", "pass")
        output = {name: value for name, value in self.options.items() if name not in ours}
        output |= {
            "dbname": self.address.working,
            "schema": "public",
            "port": int(self.address.login["port"]),
        }
        output.setdefault("password", self.options.get("pass"))
        output.setdefault("threads", 2)
        return {"smarketing": {"target": self.target, "outputs": {self.target: output}}}

    def let_go(self) -> None:
        """Dbt keeps connections open after it has run."""
        from dbt.adapters import factory

        close_all: Callable[[], None] = factory.cleanup_connections
        close_all()

    @contextmanager
    def alone(self, who: str) -> Iterator[None]:
        """A lock of the server's, which goes with the connection whatever happens to this machine."""
        from warehouse.postgres.exclusion import alone

        prepare(self.address)
        with alone(self.address, who):
            yield

    def show(self, publication_id: str, database: Path) -> None:
        """Load the publication's tables, then put them in the place of those shown, in one transaction."""
        from warehouse.postgres.publication import show

        prepare(self.address)
        show(self.address, publication_id, database, self.path)

    def keep_only(self, publication_ids: Collection[str]) -> None:
        """Drop the schemas of other publications."""
        from warehouse.postgres.publication import keep_only

        prepare(self.address)
        keep_only(self.address, publication_ids)
