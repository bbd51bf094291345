"""Nights of one made-up company on either engine, with the real command."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from nightly.ledger import Entry, recent
from project import Project
from tests.cli.process import Ended
from tests.end_to_end.portal import NOW, SIGNED, Portal, new_folder
from tests.engines.server import Server
from warehouse import Warehouse, open_warehouse
from warehouse.postgres import PostgresServer
from warehouse.postgres.session import connected
from warehouse.postgres.transfer import to_duckdb

OWN = ("run_id", "started_at", "finished_at", "publication_id")
TIMING = ("requests", "rows_loaded")  # lists are read from both ends, which meet where they meet
SECONDS = tuple(f"{stage}_seconds" for stage in ("sync", "build", "check", "publish"))
CONTACTS = 200
DIFFERENT = (*OWN, *TIMING, *SECONDS)
"""Columns of `audit` that no two runs share."""


def folder(parent: Path, server: Server, name: str) -> Path:
    """A project folder whose profile has both engines."""
    made = new_folder(parent / name, SIGNED.read_text(encoding="utf-8"))
    server.write_profiles(made, name)
    return made


@dataclass(frozen=True)
class OnServer:
    """A project folder whose nights run on the server."""

    portal: Portal
    server: Server
    database: str

    @property
    def project(self) -> Project:
        return Project(self.portal.folder, "postgres")

    @property
    def warehouse(self) -> Warehouse:
        return open_warehouse(self.project)

    def command(self, *words: str) -> Ended:
        """Any command with this target; it must end well."""
        ended = self.portal.command("--target", "postgres", *words)
        assert ended.code == 0, ended.stderr
        return ended

    def night(self, now: datetime = NOW) -> Entry:
        """One night; what the ledger says of it."""
        self.portal.server.set_now(now)
        self.command("run", "--as-of", f"{now.isoformat()}Z")
        return recent(self.project)[0]

    def ask(self, query: str) -> Any:
        """What the owner of the published database gets, in one value."""
        with self.server.connect(self.database) as connection, connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchone()[0]

    @property
    def shown(self) -> str:
        """The publication that the server shows."""
        return str(self.ask("select obj_description('marts'::regnamespace)")).removeprefix("publication ")

    @contextmanager
    def as_shown(self, through: Path) -> Iterator[duckdb.DuckDBPyConnection]:
        """What the server's readers see, as DuckDB tables."""
        warehouse = self.warehouse
        assert isinstance(warehouse, PostgresServer)
        address = warehouse.address
        with duckdb.connect() as copy, connected(address, address.published) as session:
            for schema in ("marts", "audit"):
                to_duckdb(session, copy, schema, through)
            yield copy
