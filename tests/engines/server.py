"""A PostgreSQL server of one's own, on a free port, gone at the end."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import yaml

USER, PASSWORD = "crm", "not a secret"
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


@dataclass(frozen=True)
class Server:
    """A running server; anybody on this machine is let in."""

    port: int

    def connect(self, database: str, **login: Any) -> Any:
        """The driver's connection, as the owner unless told otherwise."""
        asked = {"user": USER, "password": PASSWORD} | login
        return psycopg2.connect(host="127.0.0.1", port=self.port, dbname=database, **asked)

    def profile(self, database: str) -> dict[str, Any]:
        """An output of profiles.yml for a database of this server."""
        where = {"host": "127.0.0.1", "port": self.port, "user": USER, "password": PASSWORD}
        return {"type": "postgres", "dbname": database, "threads": 2, **where}

    def write_profiles(self, folder: Path, database: str) -> None:
        """A profiles.yml with both engines; DuckDB is the default."""
        outputs = {"duckdb": {"type": "duckdb", "threads": 2}, "postgres": self.profile(database)}
        said = {"smarketing": {"target": "duckdb", "outputs": outputs}}
        (folder / "profiles.yml").write_text(yaml.safe_dump(said), encoding="utf-8")


def programs() -> Path:
    """Where initdb and pg_ctl are. Without them a laptop skips, loudly, and CI fails."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    if found:
        return found[-1].parent
    if os.environ.get("CI") == "true":
        pytest.fail("CI has no PostgreSQL: the engine was not tried.")
    pytest.skip("There is no PostgreSQL here: THE ENGINE WAS NOT TRIED. Install the package `postgresql`.")


@contextmanager
def running() -> Iterator[Server]:
    """A server for the block; root starts it as the user `postgres`, for PostgreSQL refuses root."""
    bin_, folder = programs(), Path(tempfile.mkdtemp(prefix="smarketing-postgres-"))
    become: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    port, data = free_port(), folder / "data"

    def run(*command: str) -> None:
        subprocess.run([*become, *command], check=True, cwd=folder, stdout=subprocess.DEVNULL)

    try:
        run(str(bin_ / "initdb"), "-A", "trust", "-U", USER, "-E", "UTF8", "-N", "-D", str(data))
        told = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} {QUICK}"
        control = [str(bin_ / "pg_ctl"), "-D", str(data), "-l", str(folder / "log"), "-w"]
        run(*control, "-o", told, "start")
        try:
            yield Server(port)
        finally:
            run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
